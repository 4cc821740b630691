package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The lemmas of a treebank's words: of each form with a tag that has the same one in nearly all
 * places. Others, such as {@code 's}, which is "be" or "have", are left to their context.
 * Immutable.
 *
 * @param tags the head with the tags, or empty if entries are of forms alone
 * @param lemmas the lemma of each form and tag, which a tab separates
 */
public record LemmaDictionary(String tags, Map<String, String> lemmas) {
  private static final char SEPARATOR = '\t';

  /** How often a form must have its lemma, so that a misprint in a treebank does not decide. */
  private static final double AGREEMENT = 0.99;

  /**
   * Copies the map in the order of its keys.
   *
   * @throws IllegalArgumentException if a key is not a form and a tag, or a lemma is empty
   */
  public LemmaDictionary {
    // Sorted, so that a file has one order; but looked up by hash, for every word of a text.
    lemmas = Collections.unmodifiableMap(new LinkedHashMap<>(new TreeMap<>(lemmas)));
    lemmas.forEach(
        (key, lemma) -> {
          if (key.indexOf(SEPARATOR) < 1 || lemma.isEmpty()) {
            throw new IllegalArgumentException(
                "the lemma of '" + key + "' is '" + lemma + "', expected form, tag and lemma");
          }
        });
  }

  /**
   * Learns the lemmas of a corpus.
   *
   * @param lemma the head with the lemmas
   * @param tags the head with the tags, or empty
   */
  public static LemmaDictionary learn(List<TaggedSentence> corpus, String lemma, String tags) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (TaggedSentence sentence : corpus) {
      if (!sentence.has(lemma) || !(tags.isEmpty() || sentence.has(tags))) {
        continue;
      }
      for (int i = 0; i < sentence.size(); i++) {
        String found = sentence.tags(lemma).tag(i);
        String tag = tags.isEmpty() ? "" : sentence.tags(tags).tag(i);
        if (TagSequence.isMissing(found) || !tags.isEmpty() && TagSequence.isMissing(tag)) {
          continue;
        }
        counts
            .computeIfAbsent(
                key(LookupForm.of(sentence.sentence().form(i)), tag), key -> new TreeMap<>())
            .merge(found, 1, Integer::sum);
      }
    }
    Map<String, String> lemmas = new TreeMap<>();
    counts.forEach(
        (key, found) -> {
          Map.Entry<String, Integer> most =
              Collections.max(found.entrySet(), Map.Entry.comparingByValue());
          int all = found.values().stream().mapToInt(Integer::intValue).sum();
          if (most.getValue() >= AGREEMENT * all) {
            lemmas.put(key, most.getKey());
          }
        });
    return new LemmaDictionary(tags, lemmas);
  }

  /** Returns this one with the entries of another, which come first where both have one. */
  public LemmaDictionary with(LemmaDictionary other) {
    if (!tags.equals(other.tags)) {
      return other;
    }
    Map<String, String> all = new TreeMap<>(lemmas);
    all.putAll(other.lemmas);
    return new LemmaDictionary(tags, all);
  }

  private static String key(String form, String tag) {
    return form + SEPARATOR + tag;
  }

  /**
   * Returns the lemma of a form.
   *
   * @param tag its tag; ignored if entries are of forms alone
   */
  public Optional<String> find(String form, String tag) {
    return Optional.ofNullable(lemmas.get(key(form, tags.isEmpty() ? "" : tag)));
  }

  /**
   * Returns the lemmas of a sentence where it has entries, and the given ones elsewhere. The
   * probability of an entry is that of the tag: it is right if the tag is.
   *
   * @param given the lemmas of all words
   * @param found the tags of all words; ignored if entries are of forms alone
   */
  public TagSequence replace(Sentence sentence, TagSequence given, TagSequence found) {
    List<String> replaced = new ArrayList<>(given.tags());
    List<Float> probabilities = new ArrayList<>(given.probabilities());
    for (int i = 0; i < replaced.size(); i++) {
      Optional<String> entry =
          find(LookupForm.of(sentence.form(i)), tags.isEmpty() ? "" : found.tag(i));
      if (entry.isEmpty()) {
        continue;
      }
      replaced.set(i, entry.get());
      if (given.hasProbabilities()) {
        boolean known = !tags.isEmpty() && found.hasProbabilities();
        probabilities.set(i, known ? found.probabilities().get(i) : 1f);
      }
    }
    return new TagSequence(replaced, probabilities);
  }
}
