package io.github.rnnotator.bench.raw;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sentences of a text by the offsets that a program gives for its tokens. Characters that it
 * leaves out become tokens without tags, since the scorer compares the same characters on both
 * sides. Not thread-safe.
 */
final class LocatedSentences {
  private final String text;
  private final List<String> heads;
  private final List<TaggedSentence> sentences = new ArrayList<>();
  private final List<Token> tokens = new ArrayList<>();
  private final List<List<String>> tags = new ArrayList<>();
  private int end;

  /**
   * Begins with no sentences.
   *
   * @param heads the heads of the tags of each token
   */
  LocatedSentences(String text, List<String> heads) {
    this.text = text;
    this.heads = List.copyOf(heads);
  }

  /**
   * Adds a token to the sentence.
   *
   * @param begin in UTF-16 units, from 0
   * @param tags a tag per head
   * @throws IllegalStateException if it begins within the last token
   */
  void token(int begin, int end, List<String> tags) {
    if (begin < this.end) {
      throw new IllegalStateException(
          "'" + text.substring(begin, end) + "' at " + begin + " begins within the last token");
    }
    addLeftOut(begin);
    tokens.add(new Token(text.substring(begin, end), begin, end));
    this.tags.add(tags);
    this.end = end;
  }

  private void addLeftOut(int until) {
    String left = text.substring(end, until);
    if (!left.isBlank()) {
      int begin = end + left.indexOf(left.strip());
      tokens.add(new Token(left.strip(), begin, begin + left.strip().length()));
      tags.add(
          heads.stream()
              .map(h -> h.equals(GoldText.NAMES) ? TagScheme.OUTSIDE : TagSequence.MISSING)
              .toList());
    }
  }

  /** Ends the sentence, which may have no tokens. */
  void endSentence() {
    if (tokens.isEmpty()) {
      return;
    }
    Map<String, TagSequence> columns = new LinkedHashMap<>();
    for (int h = 0; h < heads.size(); h++) {
      int head = h;
      columns.put(heads.get(h), TagSequence.of(tags.stream().map(t -> t.get(head)).toList()));
    }
    sentences.add(new TaggedSentence(new Sentence(tokens), columns));
    tokens.clear();
    tags.clear();
  }

  /** Ends the text and returns its sentences. */
  List<TaggedSentence> finish() {
    addLeftOut(text.length());
    end = text.length();
    endSentence();
    return sentences;
  }
}
