package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A document, or a section of a long one: its text, its sentences, or both. Documents are read,
 * segmented, tagged and written; the groups of sentences that some models read together lie within
 * one. Immutable.
 *
 * @param id its name, or its line number; empty if the file is the document
 * @param text the text; empty if the sentences were read from a file of tokens
 * @param sentences the sentences in order, with offsets in {@code text}; empty before sentence
 *     splitting
 * @param section which section of the document it is
 */
public record Document(String id, String text, List<TaggedSentence> sentences, Section section) {
  /**
   * Copies the list and checks that tokens are in order and match the text, if there is one, at
   * their offsets. Of a multiword token, the form must match; its words have forms of their own.
   */
  public Document {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(text, "the text is null; a document without a text has \"\"");
    Objects.requireNonNull(section, "section");
    sentences = List.copyOf(sentences);
    if (!text.isEmpty()) {
      checkOffsets(text, sentences);
    }
  }

  /** A text without a name and not yet segmented. */
  public static Document of(String text) {
    return of(text, List.of());
  }

  /** A text without a name, and its sentences. */
  public static Document of(String text, List<TaggedSentence> sentences) {
    return new Document("", text, sentences, Section.WHOLE);
  }

  /**
   * A document, or a section of it, read from a file of tokens.
   *
   * @param id its name; empty where the file is the document
   * @param begins whether the document begins with these sentences
   * @param file the file's name
   */
  public static Document ofTokens(
      String id, boolean begins, String file, List<TaggedSentence> sentences) {
    int line = sentences.isEmpty() ? 1 : sentences.get(0).origin().line();
    return new Document(
        id, "", sentences, new Section(begins, false, false, 0, 0, Origin.at(file, line)));
  }

  /** Returns the document with these sentences. */
  public Document with(List<TaggedSentence> other) {
    return new Document(id, text, other, section);
  }

  /** Returns the document with a name, in a file with other documents. */
  public Document shared(String name) {
    return new Document(name, text, sentences, section.shared());
  }

  /** The tokens of all sentences with their tags, in order. */
  public List<TaggedToken> tokens() {
    return sentences.stream().flatMap(sentence -> sentence.tokens().stream()).toList();
  }

  /** The number of tokens. */
  public long tokenCount() {
    return sentences.stream().mapToLong(TaggedSentence::size).sum();
  }

  /** The text as in a file that may hold other documents: each ends with a line break. */
  public String textInFile() {
    return section.ends() ? text + "\n" : text;
  }

  /**
   * Returns the document, with a text added if it has none: each sentence on its own line, with
   * spaces between tokens where the file has them; a multiword token is written as one. The offsets
   * are those in this text.
   */
  public Document withText() {
    if (!text.isEmpty() || sentences.isEmpty()) {
      return this;
    }
    StringBuilder added = new StringBuilder();
    List<TaggedSentence> located = new ArrayList<>();
    for (TaggedSentence sentence : sentences) {
      located.add(
          new TaggedSentence(
              written(sentence.sentence(), added),
              sentence.tags(),
              sentence.labels(),
              sentence.origin()));
    }
    return new Document(
        id,
        added.toString(),
        located,
        new Section(section.begins(), section.ends(), section.continues(), 0, 0, section.origin()));
  }

  /** Appends a sentence and a line break, and returns the sentence with its new offsets. */
  private static Sentence written(Sentence sentence, StringBuilder to) {
    List<String> forms = sentence.forms();
    List<Token> tokens = new ArrayList<>();
    List<MultiwordToken> multiwordTokens = new ArrayList<>();
    int end = -1;
    for (SurfaceToken surface : sentence.surface()) {
      to.append(tokens.isEmpty() || surface.begin() == end ? "" : " ");
      int begin = to.length();
      to.append(surface.form());
      List<String> words = forms.subList(surface.words().begin(), surface.words().end());
      tokens.addAll(MultiwordToken.words(surface.form(), begin, words));
      if (surface.isMultiword()) {
        multiwordTokens.add(
            new MultiwordToken(surface.form(), surface.words(), begin, to.length()));
      }
      end = surface.end();
    }
    to.append('\n');
    return new Sentence(tokens, multiwordTokens);
  }

  /** Head name to the label of the text, if it was labelled as a whole; else empty. */
  public Map<String, Label> labels() {
    return sentences.size() == 1 ? sentences.get(0).labels() : Map.of();
  }

  /**
   * The mentions of all heads whose tags are chunk tags such as {@code B-PER} and {@code O}: head
   * by head, those of a head in order.
   */
  public List<DocumentMention> mentions() {
    Set<String> heads = new LinkedHashSet<>();
    sentences.forEach(sentence -> heads.addAll(sentence.tags().keySet()));
    return heads.stream()
        .filter(head -> areChunkTags(tags(head)))
        .flatMap(head -> mentions(head).stream())
        .toList();
  }

  /**
   * Whether all tags are of one scheme. Letters alone are not enough: the lemma of "I" is a letter
   * of IOB.
   */
  private static boolean areChunkTags(List<List<String>> sentences) {
    List<String> tags =
        sentences.stream()
            .flatMap(List::stream)
            .filter(tag -> !TagSequence.isMissing(tag))
            .toList();
    return tags.stream().anyMatch(tag -> tag.length() > 1 || tag.equals(TagScheme.OUTSIDE))
        && Arrays.stream(TagScheme.values()).anyMatch(s -> tags.stream().allMatch(s::isTag));
  }

  /**
   * The mentions of one head in all sentences that have it, in order. Recognizes the tag scheme by
   * its letters. A mention ends before its suffix, see {@link Mention}.
   *
   * @param head the head's name, such as {@code ner}
   * @throws IllegalArgumentException if no sentence has the head, or its tags are not chunk tags
   */
  public List<DocumentMention> mentions(String head) {
    if (!sentences.isEmpty() && sentences.stream().noneMatch(sentence -> sentence.has(head))) {
      Set<String> heads = new LinkedHashSet<>();
      sentences.forEach(sentence -> heads.addAll(sentence.tags().keySet()));
      throw new IllegalArgumentException("no tags for head '" + head + "', only " + heads);
    }
    List<List<String>> tags = tags(head);
    TagScheme scheme = SchemeDetection.guess(tags);
    List<DocumentMention> mentions = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      for (Mention mention : sentences.get(i).withSuffixes(head, scheme.mentions(tags.get(i)))) {
        mentions.add(located(head, mention, i));
      }
    }
    return mentions;
  }

  /** The tags of one head in each sentence, none where it lacks the head. */
  private List<List<String>> tags(String head) {
    List<List<String>> tags = new ArrayList<>();
    for (TaggedSentence sentence : sentences) {
      TagSequence sequence = sentence.tags().get(head);
      tags.add(sequence == null ? List.of() : sequence.tags());
    }
    return tags;
  }

  private DocumentMention located(String head, Mention mention, int sentence) {
    Sentence within = sentences.get(sentence).sentence();
    int begin = mention.begin(within);
    int end = mention.end(within);
    String covered;
    if (text.isEmpty()) {
      Span span = mention.span();
      String joined = String.join(" ", within.forms().subList(span.begin(), span.end()));
      covered = joined.substring(0, joined.length() - mention.tail(within).length());
    } else {
      covered = text.substring(begin, end);
    }
    Float confidence = sentences.get(sentence).tags(head).lowestProbability(mention.span());
    return new DocumentMention(
        head, mention.type(), covered, begin, end, sentence, mention.span(), confidence);
  }

  /**
   * Whether the text has no white space between the last token of a sentence and the next sentence.
   *
   * @param sentence the sentence's number, from 0
   */
  public boolean touchesNextSentence(int sentence) {
    if (text.isEmpty()) {
      return false;
    }
    int end = sentences.get(sentence).sentence().end();
    return sentence + 1 < sentences.size()
        ? end == sentences.get(sentence + 1).sentence().begin()
        : section.continues() && end == text.length();
  }

  private static void checkOffsets(String text, List<TaggedSentence> sentences) {
    int last = 0;
    for (TaggedSentence sentence : sentences) {
      // The words of a multiword token are within its offsets, as the sentence has checked.
      for (SurfaceToken token : sentence.sentence().surface()) {
        if (token.begin() < last) {
          throw new IllegalArgumentException(
              token + " begins before the end of the token before it, at " + last);
        }
        if (token.end() > text.length()
            || token.form().length() != token.end() - token.begin()
            || !text.startsWith(token.form(), token.begin())) {
          throw new IllegalArgumentException(token + " does not match the text at its offsets");
        }
        last = token.end();
      }
    }
  }
}
