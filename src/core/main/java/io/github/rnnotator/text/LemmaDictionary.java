package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The lemmas of a treebank's words: of each form with a tag that has the same one in nearly all
 * places. Others, such as {@code 's}, which is "be" or "have", are left to their context.
 * Immutable.
 *
 * <p>Thread-safe.
 */
public final class LemmaDictionary {
  private static final char SEPARATOR = '\t';

  /** How often a form must have its lemma, so that a misprint in a treebank does not decide. */
  private static final double AGREEMENT = 0.99;

  private final String tags;
  private final LemmaTable table;

  private LemmaDictionary(String tags, LemmaTable table) {
    this.tags = tags;
    this.table = table;
  }

  /**
   * Creates a dictionary.
   *
   * @param tags the head with the tags, or empty if entries are of forms alone
   * @param lemmas the lemma of each form and tag, which a tab separates
   * @throws IllegalArgumentException if a key is not a form and a tag, or a lemma is empty
   */
  public LemmaDictionary(String tags, Map<String, String> lemmas) {
    this(tags, LemmaTable.of(checked(lemmas)));
  }

  private static Map<String, String> checked(Map<String, String> lemmas) {
    lemmas.forEach(
        (key, lemma) -> {
          if (key.indexOf(SEPARATOR) < 1 || lemma.isEmpty()) {
            throw new IllegalArgumentException(
                "the lemma of '" + key + "' is '" + lemma + "', expected form, tag and lemma");
          }
        });
    return lemmas;
  }

  /** Creates a dictionary of the lines of a text. Not thread-safe. */
  public static final class Lines {
    private final LemmaTable.Builder table;

    /**
     * Begins without entries.
     *
     * @param text with all entries, {@code FORM, tab, TAG, tab, LEMMA}, the lemma empty if it is
     *     equal to the form
     */
    public Lines(String text) {
      this.table = new LemmaTable.Builder(text);
    }

    /**
     * Adds an entry, which replaces an earlier one of the same form and tag.
     *
     * @param begin of the form, which is not empty
     * @param keyEnd after the tag
     * @param end after the lemma
     */
    public void add(int begin, int keyEnd, int end) {
      table.add(begin, keyEnd, end);
    }

    /** Returns the dictionary of the entries so far. */
    public LemmaDictionary build(String tags) {
      return new LemmaDictionary(tags, table.build());
    }
  }

  /** The head with the tags, or empty if entries are of forms alone. */
  public String tags() {
    return tags;
  }

  /** Returns the tag of a token to which entries refer; empty if they are of forms alone. */
  public String tag(TagSequence found, int token) {
    return tags.isEmpty() ? "" : found.tag(token);
  }

  /** Returns the lemma of each form and tag, which a tab separates, in the order of these keys. */
  public Map<String, String> lemmas() {
    return Collections.unmodifiableMap(table.toMap());
  }

  /** Whether a string is the lemma of any form. */
  public boolean hasLemma(String lemma) {
    return table.hasLemma(lemma);
  }

  /**
   * Learns the lemmas of corpora. Where they differ, the first that has a form with a tag decides:
   * treebanks have conventions of their own, such as {@code people} for {@code people} in one and
   * {@code person} in another, and with both counts the word would be in no dictionary.
   *
   * @param corpora the most important first
   * @param lemma the head with the lemmas
   * @param tags the head with the tags, or empty
   */
  public static LemmaDictionary learn(
      List<List<TaggedSentence>> corpora, String lemma, String tags) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (List<TaggedSentence> corpus : corpora) {
      counts(corpus, lemma, tags).forEach(counts::putIfAbsent);
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

  /** Counts the lemmas of each form and tag. */
  private static Map<String, Map<String, Integer>> counts(
      List<TaggedSentence> corpus, String lemma, String tags) {
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
    return counts;
  }

  /** Returns this one with the entries of another, which come first where both have one. */
  public LemmaDictionary with(LemmaDictionary other) {
    if (!tags.equals(other.tags)) {
      return other;
    }
    Map<String, String> all = table.toMap();
    all.putAll(other.table.toMap());
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
    return Optional.ofNullable(table.find(form, tags.isEmpty() ? "" : tag));
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
      Optional<String> entry = find(LookupForm.of(sentence.form(i)), tag(found, i));
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LemmaDictionary dictionary
        && tags.equals(dictionary.tags)
        && lemmas().equals(dictionary.lemmas());
  }

  @Override
  public int hashCode() {
    return 31 * tags.hashCode() + lemmas().hashCode();
  }

  @Override
  public String toString() {
    return "LemmaDictionary[tags=" + tags + ", lemmas=" + lemmas() + "]";
  }
}
