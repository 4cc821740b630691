package io.github.rnnotator.text;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lemmas of a treebank. A lemma of several morphemes, such as {@code 사+았+다}, is known if each
 * of its morphemes is. Thread-safe.
 */
public final class KnownLemmas {
  private static final char SEPARATOR = '+';

  private final LemmaDictionary dictionary;

  /** Collected when first needed, which for languages without morphemes is never. */
  private volatile @Nullable Set<String> morphemes;

  private KnownLemmas(LemmaDictionary dictionary) {
    this.dictionary = dictionary;
  }

  /** Returns the lemmas of a dictionary. */
  public static KnownLemmas of(LemmaDictionary dictionary) {
    return new KnownLemmas(dictionary);
  }

  /**
   * Whether a word of the treebank has this lemma, whatever its case, or each of its morphemes
   * occurs in one.
   */
  public boolean contains(String lemma) {
    return dictionary.hasLemma(lemma)
        || dictionary.hasLemma(lemma.toLowerCase(Locale.ROOT))
        || lemma.indexOf(SEPARATOR) > 0 && consistsOf(lemma, morphemes());
  }

  /** Whether the dictionary has this lemma, whatever its case, as a word with this tag. */
  public boolean contains(String lemma, String tag) {
    return !dictionary.tags().isEmpty()
        && (isWord(lemma, tag) || isWord(lemma.toLowerCase(Locale.ROOT), tag));
  }

  private boolean isWord(String lemma, String tag) {
    return dictionary.find(lemma, tag).filter(lemma::equals).isPresent();
  }

  private static boolean consistsOf(String lemma, Set<String> known) {
    for (int begin = 0; begin <= lemma.length(); begin = end(lemma, begin) + 1) {
      if (!known.contains(lemma.substring(begin, end(lemma, begin)))) {
        return false;
      }
    }
    return true;
  }

  private Set<String> morphemes() {
    Set<String> known = morphemes;
    if (known == null) {
      Set<String> all = new HashSet<>();
      for (String lemma : dictionary.lemmas().values()) {
        for (int begin = 0; begin <= lemma.length(); begin = end(lemma, begin) + 1) {
          all.add(lemma.substring(begin, end(lemma, begin)));
        }
      }
      known = Set.copyOf(all);
      morphemes = known;
    }
    return known;
  }

  /** Returns where the morpheme ends that begins at an index. */
  private static int end(String lemma, int begin) {
    int end = lemma.indexOf(SEPARATOR, begin);
    return end < 0 ? lemma.length() : end;
  }
}
