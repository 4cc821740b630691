package io.github.rnnotator.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A sentence with one tag sequence per head ({@code upos}, {@code ner}, ...), read from a corpus or
 * predicted by a tagger. Or a whole text as one sequence of tokens, with one label per
 * classification head ({@code spam}). Immutable.
 *
 * @param sentence the tokens
 * @param tags head name to its tags, in the order of the heads; each as long as the sentence
 * @param labels head name to the label of the whole text, in the order of the heads
 * @param origin where it was read
 */
public record TaggedSentence(
    Sentence sentence, Map<String, TagSequence> tags, Map<String, Label> labels, Origin origin) {
  /**
   * Copies the maps, keeping their order, and checks that each sequence is as long as the sentence.
   */
  public TaggedSentence {
    Objects.requireNonNull(sentence, "sentence");
    Objects.requireNonNull(origin, "origin");
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    for (Map.Entry<String, TagSequence> entry : tags.entrySet()) {
      if (entry.getValue().size() != sentence.size()) {
        throw new IllegalArgumentException(
            "head '"
                + entry.getKey()
                + "' has "
                + entry.getValue().size()
                + " tags for "
                + sentence.size()
                + " tokens");
      }
    }
  }

  /** A sentence that was not read from a file. */
  public TaggedSentence(
      Sentence sentence, Map<String, TagSequence> tags, Map<String, Label> labels) {
    this(sentence, tags, labels, Origin.NONE);
  }

  /** A sentence with tags and without labels. */
  public TaggedSentence(Sentence sentence, Map<String, TagSequence> tags) {
    this(sentence, tags, Map.of());
  }

  /** A whole text with its labels and without tags. */
  public static TaggedSentence labelled(Sentence text, Map<String, Label> labels) {
    return new TaggedSentence(text, Map.of(), labels);
  }

  /** A sentence without tags. */
  public static TaggedSentence untagged(Sentence sentence) {
    return new TaggedSentence(sentence, Map.of());
  }

  /** The number of tokens. */
  public int size() {
    return sentence.size();
  }

  /** The tokens with their tags, in order. */
  public List<TaggedToken> tokens() {
    return IntStream.range(0, size()).mapToObj(this::token).toList();
  }

  /**
   * The token {@code i}, from 0, with its tags.
   *
   * @throws IndexOutOfBoundsException if the sentence is shorter
   */
  public TaggedToken token(int i) {
    return new TaggedToken(this, i);
  }

  /**
   * The tags of one head.
   *
   * @throws IllegalArgumentException if the sentence has no such head
   */
  public TagSequence tags(String head) {
    TagSequence sequence = tags.get(head);
    if (sequence == null) {
      throw new IllegalArgumentException("no tags for head '" + head + "', only " + tags.keySet());
    }
    return sequence;
  }

  /**
   * The mentions of one head, which end before their suffixes if the sentence has these.
   *
   * @param scheme of the head's tags
   * @throws IllegalArgumentException if the sentence has no such head, or its tags are not tags of
   *     the scheme
   * @see Mention#suffixHead
   */
  public List<Mention> mentions(String head, TagScheme scheme) {
    return withSuffixes(head, scheme.mentions(tags(head).tags()));
  }

  /** Returns mentions of one head that end before their suffixes if the sentence has these. */
  public List<Mention> withSuffixes(String head, List<Mention> mentions) {
    TagSequence suffixes = tags.get(Mention.suffixHead(head));
    return suffixes == null
        ? mentions
        : mentions.stream()
            .map(mention -> mention.suffix(number(suffixes.tag(mention.span().end() - 1))))
            .toList();
  }

  /** The number in a tag; 0 for any other tag. */
  private static int number(String tag) {
    boolean isNumber =
        !tag.isEmpty() && tag.length() < 3 && tag.chars().allMatch(Character::isDigit);
    return isNumber ? Integer.parseInt(tag) : 0;
  }

  /** Returns the sentence with an origin. */
  public TaggedSentence with(Origin other) {
    return new TaggedSentence(sentence, tags, labels, other);
  }

  /** Returns the sentence with these tags. */
  public TaggedSentence with(Map<String, TagSequence> other) {
    return new TaggedSentence(sentence, other, labels, origin);
  }

  /** The same with {@link TagSequence#missing} for each of these heads that it lacks. */
  public TaggedSentence withAll(Set<String> heads) {
    if (tags.keySet().containsAll(heads)) {
      return this;
    }
    Map<String, TagSequence> all = new LinkedHashMap<>(tags);
    heads.forEach(head -> all.putIfAbsent(head, TagSequence.missing(size())));
    return with(all);
  }

  /** Whether this head has given tags or a label. */
  public boolean has(String head) {
    return tags.containsKey(head) || labels.containsKey(head);
  }

  /**
   * The label of one head for the whole text.
   *
   * @throws IllegalArgumentException if the head has no label
   */
  public Label label(String head) {
    Label label = labels.get(head);
    if (label == null) {
      throw new IllegalArgumentException(
          "no label of head '" + head + "', only " + labels.keySet());
    }
    return label;
  }
}
