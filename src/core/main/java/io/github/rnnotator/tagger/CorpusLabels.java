package io.github.rnnotator.tagger;

import io.github.rnnotator.text.LemmaDictionary;
import io.github.rnnotator.text.LemmaScript;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagCombinations;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the labels of heads from corpora: tags, or scripts and dictionaries of lemmas. */
public final class CorpusLabels {
  /** The column of parts of speech. */
  private static final String UPOS = "upos";

  private CorpusLabels() {}

  /**
   * Collects the labels of a head from corpora.
   *
   * @param corpora the most important first, whose lemmas the dictionary has where they differ
   * @param words for the dictionary of lemmas, which the corpora may lack: sentences with the heads
   *     of lemmas and of {@link #dictionaryTags}
   * @param head its name; sentences that lack it are skipped
   * @throws IllegalArgumentException if chunk tags are expected and the tags fit no scheme
   */
  public static Labels of(
      List<List<TaggedSentence>> corpora,
      List<TaggedSentence> words,
      String head,
      TaggerConfig config) {
    HeadConfig settings = settings(config, head);
    List<List<String>> tags = tags(corpora, head, settings);
    Integer minCount = settings.minCount();
    return minCount == null
        ? Labels.of(tags, settings.scheme())
            .withCombinations(combinations(corpora, settings.agreement(head)))
        : Labels.ofScripts(frequent(tags, minCount)).with(learn(corpora, words, head, config));
  }

  /** Returns the labels of a head with those of corpora after its own, which keep their ids. */
  public static Labels extended(
      Labels old,
      List<List<TaggedSentence>> corpora,
      List<TaggedSentence> words,
      String head,
      TaggerConfig config) {
    HeadConfig settings = settings(config, head);
    List<List<String>> tags = tags(corpora, head, settings);
    Integer minCount = settings.minCount();
    if (minCount == null) {
      TagCombinations found = combinations(corpora, settings.agreement(head));
      return old.extended(tags).withCombinations(extended(old.combinations(), found));
    }
    List<String> all = new ArrayList<>(old.names());
    frequent(tags, minCount).stream()
        .filter(script -> !old.names().contains(script))
        .forEach(all::add);
    LemmaDictionary learned = learn(corpora, words, head, config);
    LemmaDictionary known = old.dictionary();
    return Labels.ofScripts(all)
        .with(known == null || learned == null ? learned : known.with(learned));
  }

  /** Returns the combinations of the tags of heads, or null for no heads. */
  private static @Nullable TagCombinations combinations(
      List<List<TaggedSentence>> corpora, List<String> heads) {
    return heads.isEmpty()
        ? null
        : TagCombinations.of(heads, corpora.stream().flatMap(List::stream).toList());
  }

  private static @Nullable TagCombinations extended(
      @Nullable TagCombinations old, @Nullable TagCombinations found) {
    return old == null || found == null || !old.heads().equals(found.heads())
        ? found
        : old.with(found);
  }

  private static HeadConfig settings(TaggerConfig config, String head) {
    HeadConfig settings = config.heads().get(head);
    if (settings == null) {
      throw new IllegalArgumentException("no head '" + head + "', only " + config.heads().keySet());
    }
    return settings;
  }

  /** Learns a dictionary of forms with their part of speech, if a head predicts it. */
  private static @Nullable LemmaDictionary learn(
      List<List<TaggedSentence>> corpora,
      List<TaggedSentence> words,
      String head,
      TaggerConfig config) {
    if (!Boolean.TRUE.equals(settings(config, head).dictionary())) {
      return null;
    }
    List<List<TaggedSentence>> all = new ArrayList<>(corpora);
    all.add(words);
    return LemmaDictionary.learn(all, head, dictionaryTags(config));
  }

  /** Returns the head of parts of speech, to which dictionaries refer; or an empty name. */
  public static String dictionaryTags(TaggerConfig config) {
    return config.heads().keySet().stream()
        .filter(name -> config.input().heads().getOrDefault(name, name).equals(UPOS))
        .findFirst()
        .orElse("");
  }

  private static List<List<String>> tags(
      List<List<TaggedSentence>> corpora, String head, HeadConfig config) {
    return corpora.stream()
        .flatMap(List::stream)
        .filter(sentence -> sentence.has(head))
        .map(
            sentence ->
                switch (config.kind()) {
                  case DOCUMENT -> List.of(sentence.label(head).name());
                  case LEMMA -> scripts(sentence.sentence(), sentence.tags(head));
                  case SOFTMAX, CRF, FEATS -> sentence.tags(head).tags();
                })
        .toList();
  }

  /** Returns the scripts that occur often enough, sorted, with the one that fits every form. */
  private static List<String> frequent(List<List<String>> scripts, int minCount) {
    Map<String, Integer> counts = new TreeMap<>();
    scripts.forEach(s -> s.forEach(script -> counts.merge(script, 1, Integer::sum)));
    counts.remove(TagSequence.MISSING);
    counts.values().removeIf(count -> count < minCount);
    counts.putIfAbsent(LemmaScript.KEEP.toString(), 0);
    return new ArrayList<>(counts.keySet());
  }

  /** Returns the script of each word of a sentence, {@link TagSequence#MISSING} without a lemma. */
  static List<String> scripts(Sentence sentence, TagSequence lemmas) {
    List<String> scripts = new ArrayList<>(lemmas.size());
    for (int i = 0; i < lemmas.size(); i++) {
      scripts.add(
          lemmas.has(i)
              ? LemmaScript.of(LookupForm.of(sentence.form(i)), LookupForm.of(lemmas.tag(i)))
                  .toString()
              : TagSequence.MISSING);
    }
    return scripts;
  }
}
