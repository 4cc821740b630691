package io.github.rnnotator.train.augment;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes sentences in lower case, in upper case and with hashtags, so that {@code barack obama},
 * {@code ELON MUSK} and {@code #NewYork} are learned as names. Immutable.
 *
 * <p>Of the varied sentences two in five are in lower case, as many in upper case; in the rest each
 * mention becomes a hashtag of one token. A hashtag keeps the tag of the mention; of the other
 * heads it keeps that of its first word, but has no lemma and no features.
 *
 * @param share the fraction of sentences to vary, in {@code [0, 1]}
 * @param mentions the head of the mentions and its scheme in the files, or null without one: then
 *     no hashtags are made
 * @param wordHeads the heads whose tags belong to a word's spelling, such as lemmas; a hashtag has
 *     none
 */
public record CaseVariation(float share, @Nullable Mentions mentions, List<String> wordHeads) {
  private static final float LOWER = 0.4f;
  private static final float UPPER = 0.8f;

  /**
   * Where mentions are.
   *
   * @param head its name
   * @param scheme the scheme of its tags
   */
  public record Mentions(String head, TagScheme scheme) {}

  /** Checks the range. */
  public CaseVariation {
    wordHeads = List.copyOf(wordHeads);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the share is " + share + ", expected 0 to 1");
    }
  }

  /** Returns the sentence or a variation of it. */
  public TaggedSentence vary(TaggedSentence sentence, RandomGenerator random) {
    if (random.nextFloat() >= share) {
      return sentence;
    }
    float kind = random.nextFloat();
    if (kind < LOWER) {
      return recased(sentence, form -> form.toLowerCase(Locale.ROOT));
    }
    if (kind < UPPER) {
      return recased(sentence, form -> form.toUpperCase(Locale.ROOT));
    }
    Mentions where = mentions;
    return where == null || !sentence.tags().containsKey(where.head())
        ? sentence
        : withHashtags(sentence, where);
  }

  private static TaggedSentence recased(TaggedSentence sentence, UnaryOperator<String> change) {
    List<String> forms = sentence.sentence().forms().stream().map(change).toList();
    return new TaggedSentence(
        Sentence.of(forms).withInputs(sentence.sentence().inputs()),
        sentence.tags(),
        sentence.labels());
  }

  private TaggedSentence withHashtags(TaggedSentence sentence, Mentions where) {
    List<Mention> found = where.scheme().mentions(sentence.tags(where.head()).tags());
    List<String> forms = new ArrayList<>();
    List<Integer> sources = new ArrayList<>();
    List<Mention> moved = new ArrayList<>();
    int read = 0;
    for (Mention mention : found) {
      Span span = mention.span();
      copy(sentence, read, span.begin(), forms, sources);
      moved.add(new Mention(new Span(forms.size(), forms.size() + 1), mention.type()));
      forms.add(hashtag(sentence.sentence().forms().subList(span.begin(), span.end())));
      sources.add(span.begin());
      read = span.end();
    }
    copy(sentence, read, sentence.size(), forms, sources);
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    for (Map.Entry<String, TagSequence> head : sentence.tags().entrySet()) {
      List<String> own = new ArrayList<>();
      for (int source : sources) {
        own.add(head.getValue().tag(source));
      }
      if (head.getKey().equals(where.head())) {
        own = withMissing(where.scheme().tags(forms.size(), moved), own);
      } else if (wordHeads.contains(head.getKey())) {
        for (Mention mention : moved) {
          own.set(mention.span().begin(), TagSequence.MISSING);
        }
      }
      tags.put(head.getKey(), TagSequence.of(own));
    }
    List<List<String>> inputs = sentence.sentence().inputs();
    return new TaggedSentence(
        Sentence.of(forms).withInputs(sources.stream().map(inputs::get).toList()), tags);
  }

  private static void copy(
      TaggedSentence sentence, int from, int to, List<String> forms, List<Integer> sources) {
    for (int i = from; i < to; i++) {
      forms.add(sentence.sentence().form(i));
      sources.add(i);
    }
  }

  /** Returns the tags, but what is missing in the others is missing. */
  private static List<String> withMissing(List<String> tags, List<String> others) {
    List<String> all = new ArrayList<>(tags);
    for (int i = 0; i < others.size(); i++) {
      if (TagSequence.isMissing(others.get(i))) {
        all.set(i, TagSequence.MISSING);
      }
    }
    return all;
  }

  /** Joins words as hashtags do: their first letters in upper case, letters and digits only. */
  private static String hashtag(List<String> words) {
    String joined =
        words.stream()
            .map(word -> word.codePoints().filter(Character::isLetterOrDigit).toArray())
            .filter(letters -> letters.length > 0)
            .map(
                letters -> {
                  letters[0] = Character.toUpperCase(letters[0]);
                  return new String(letters, 0, letters.length);
                })
            .collect(Collectors.joining());
    return joined.isEmpty() ? String.join("", words) : "#" + joined;
  }
}
