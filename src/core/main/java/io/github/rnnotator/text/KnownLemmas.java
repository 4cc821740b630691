package io.github.rnnotator.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The lemmas of a treebank. A lemma of several morphemes, such as {@code 사+았+다}, is known if each
 * of its morphemes is. Immutable.
 */
public final class KnownLemmas {
  private static final char SEPARATOR = '+';

  private final Set<String> lemmas;
  private final Set<String> morphemes;

  private KnownLemmas(Set<String> lemmas, Set<String> morphemes) {
    this.lemmas = lemmas;
    this.morphemes = morphemes;
  }

  /** Collects the lemmas of a dictionary. */
  public static KnownLemmas of(LemmaDictionary dictionary) {
    Set<String> morphemes = new HashSet<>();
    dictionary.lemmas().values().forEach(lemma -> morphemes.addAll(split(lemma)));
    return new KnownLemmas(Set.copyOf(dictionary.lemmas().values()), Set.copyOf(morphemes));
  }

  /** Whether a word of the treebank has this lemma, or each of its morphemes occurs in one. */
  public boolean contains(String lemma) {
    return lemmas.contains(lemma)
        || lemma.indexOf(SEPARATOR) > 0 && morphemes.containsAll(split(lemma));
  }

  private static List<String> split(String lemma) {
    return List.of(lemma.split("\\+", -1));
  }
}
