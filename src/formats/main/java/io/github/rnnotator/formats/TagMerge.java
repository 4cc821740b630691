package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Utf8Output;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.SchemeDetection;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Merges the tags of one corpus into the sentences of another.
 *
 * <p>Sentences are paired by their {@code # sent_id} if all of both corpora have one, and otherwise
 * in order. Tags of identical tokens are copied. Where the tokens differ but the text is the same,
 * except for white space, chunk tags are projected by characters: every token that a chunk touches
 * belongs to it; a token touched by two belongs to the first. Chunk tags of any scheme become IOB2.
 * A sentence without counterpart, with another text, or with other tokens where the tags are not
 * chunks, gets {@code _} at every token and so lacks the head.
 *
 * <p>The merged sentences have this head only, so that the rest of their lines is written back
 * unchanged.
 *
 * @param sentences those of the first corpus with the tags of the second
 * @param same the number with the same tokens in both
 * @param projected the number with projected tags
 * @param untagged those without tags
 * @param unused those of the second corpus without counterpart
 */
public record TagMerge(
    List<TaggedSentence> sentences,
    int same,
    int projected,
    List<TaggedSentence> untagged,
    List<TaggedSentence> unused) {
  /** Copies the lists. */
  public TagMerge {
    sentences = List.copyOf(sentences);
    untagged = List.copyOf(untagged);
    unused = List.copyOf(unused);
  }

  /**
   * Merges two corpora.
   *
   * @param head the head whose tags are merged
   * @param into the sentences that get tags
   * @param from the sentences that have them
   * @throws CorpusException if two sentences of {@code from} have the same id, or the corpora are
   *     paired in order and differ; it names the line in both
   */
  public static TagMerge of(String head, List<TaggedSentence> into, List<TaggedSentence> from)
      throws CorpusException {
    List<Optional<TaggedSentence>> counterparts =
        haveIds(into) && haveIds(from) ? byId(into, from) : inOrder(into, from);
    Optional<TagScheme> scheme = scheme(head, from);
    List<TaggedSentence> sentences = new ArrayList<>();
    List<TaggedSentence> untagged = new ArrayList<>();
    int same = 0;
    int projected = 0;
    for (int i = 0; i < into.size(); i++) {
      TaggedSentence sentence = into.get(i);
      Optional<TaggedSentence> other = counterparts.get(i);
      Optional<List<String>> tags = other.flatMap(o -> tags(head, scheme, o, sentence));
      if (tags.isEmpty()) {
        untagged.add(sentence);
      } else if (haveSameTokens(other.orElseThrow(), sentence)) {
        same++;
      } else {
        projected++;
      }
      sentences.add(
          withTags(
              sentence, head, tags.orElse(Collections.nCopies(sentence.size(), MissingTags.MARK))));
    }
    Set<TaggedSentence> used = Collections.newSetFromMap(new IdentityHashMap<>());
    counterparts.forEach(other -> other.ifPresent(used::add));
    List<TaggedSentence> unused = from.stream().filter(other -> !used.contains(other)).toList();
    return new TagMerge(sentences, same, projected, untagged, unused);
  }

  private static boolean haveIds(List<TaggedSentence> sentences) {
    return sentences.stream().allMatch(sentence -> SourceLines.of(sentence).id().isPresent());
  }

  private static List<Optional<TaggedSentence>> byId(
      List<TaggedSentence> into, List<TaggedSentence> from) throws CorpusException {
    Map<String, TaggedSentence> others = new HashMap<>();
    for (TaggedSentence other : from) {
      TaggedSentence earlier = others.put(SourceLines.of(other).id().orElseThrow(), other);
      if (earlier != null) {
        throw new CorpusException(
            other.origin().file(),
            other.origin().line(),
            "sent_id '"
                + SourceLines.of(other).id().orElseThrow()
                + "', which the sentence in line "
                + earlier.origin().line()
                + " has, too; expected one of its own for each sentence");
      }
    }
    return into.stream()
        .map(
            sentence ->
                Optional.ofNullable(others.get(SourceLines.of(sentence).id().orElseThrow())))
        .toList();
  }

  private static List<Optional<TaggedSentence>> inOrder(
      List<TaggedSentence> into, List<TaggedSentence> from) throws CorpusException {
    for (int i = 0; i < Math.max(into.size(), from.size()); i++) {
      if (i >= into.size() || i >= from.size()) {
        List<TaggedSentence> ended = i < into.size() ? from : into;
        throw parted((i < into.size() ? into : from).get(i), end(ended));
      }
      TaggedSentence sentence = into.get(i);
      TaggedSentence other = from.get(i);
      if (!haveSameTokens(sentence, other) && CharacterAlignment.of(other, sentence).isEmpty()) {
        throw parted(
            sentence,
            other.origin().file()
                + ":"
                + other.origin().line()
                + ": '"
                + Utf8Output.beginning(other)
                + "'");
      }
    }
    return from.stream().map(Optional::of).toList();
  }

  private static String end(List<TaggedSentence> ended) {
    if (ended.isEmpty()) {
      return "the other file has no sentence";
    }
    TaggedSentence last = ended.get(ended.size() - 1);
    return last.origin().file()
        + " ends after line "
        + last.origin().line(last.size() - 1)
        + " (sentence "
        + ended.size()
        + ")";
  }

  private static CorpusException parted(TaggedSentence sentence, String other) {
    return new CorpusException(
        sentence.origin().file(),
        sentence.origin().line(),
        "'"
            + Utf8Output.beginning(sentence)
            + "', but "
            + other
            + "; both files must have the same sentences in the same order, or a # sent_id before"
            + " each");
  }

  /** The scheme of the tags, empty if they are not chunk tags. */
  private static Optional<TagScheme> scheme(String head, List<TaggedSentence> from) {
    List<List<String>> all =
        from.stream()
            .map(other -> other.tags().get(head))
            .filter(Objects::nonNull)
            .map(TagSequence::tags)
            .toList();
    // A tagger's output may violate its scheme.
    return SchemeDetection.detect(all)
        .or(
            () ->
                Stream.of(TagScheme.IOBES, TagScheme.BMES, TagScheme.BILOU)
                    .filter(scheme -> all.stream().flatMap(List::stream).allMatch(scheme::isTag))
                    .findFirst());
  }

  /** The merged tags of a sentence, or empty. */
  private static Optional<List<String>> tags(
      String head, Optional<TagScheme> scheme, TaggedSentence from, TaggedSentence to) {
    TagSequence sequence = from.tags().get(head);
    if (sequence == null) {
      return Optional.empty();
    }
    List<String> tags = sequence.tags();
    if (haveSameTokens(from, to)) {
      return Optional.of(scheme.map(s -> s.convert(tags, TagScheme.IOB2)).orElse(tags));
    }
    return scheme.flatMap(
        s ->
            CharacterAlignment.of(from, to)
                .map(alignment -> alignment.project(s.mentions(tags)))
                .map(mentions -> TagScheme.IOB2.tags(to.size(), mentions)));
  }

  private static boolean haveSameTokens(TaggedSentence a, TaggedSentence b) {
    List<String> left = a.sentence().forms();
    List<String> right = b.sentence().forms();
    return left.size() == right.size()
        && IntStream.range(0, left.size())
            .allMatch(i -> LookupForm.same(left.get(i), right.get(i)));
  }

  private static TaggedSentence withTags(TaggedSentence sentence, String head, List<String> tags) {
    return sentence.with(Map.of(head, TagSequence.of(tags)));
  }
}
