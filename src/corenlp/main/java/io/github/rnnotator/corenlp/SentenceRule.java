package io.github.rnnotator.corenlp;

import io.github.rnnotator.segment.LineBreaks;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a sentence of a document is: the values of the property {@code sentences}. */
enum SentenceRule {
  /** What the segmenter finds in running text, in which a blank line ends a sentence. */
  TEXT,
  /** The same, but every line break ends a sentence. */
  LINES,
  /** Each line that is not blank, as with CoreNLP's {@code ssplit.eolonly}. */
  ONE_PER_LINE,
  /** The whole text, as with CoreNLP's {@code ssplit.isOneSentence}. */
  ONE;

  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  /** The value of the property. */
  String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the sentences of a text, none if it is blank. */
  List<SentenceLine> segment(TextSegmenter segmenter, String text) {
    LineBreaks breaks =
        this == LINES || this == ONE_PER_LINE ? LineBreaks.END_SENTENCE : LineBreaks.WRAP;
    List<Sentence> sentences = segmenter.with(breaks).segment(text);
    return switch (this) {
      case TEXT, LINES ->
          sentences.stream().map(sentence -> new SentenceLine(List.of(sentence), null)).toList();
      case ONE_PER_LINE -> lines(text, sentences);
      case ONE -> sentences.isEmpty() ? List.of() : List.of(new SentenceLine(sentences, null));
    };
  }

  /** Joins the sentences of each line. */
  private static List<SentenceLine> lines(String text, List<Sentence> sentences) {
    List<SentenceLine> lines = new ArrayList<>();
    Matcher breaks = LINE_BREAK.matcher(text);
    int number = 1;
    int at = 0;
    while (at < sentences.size()) {
      int end = breaks.find() ? breaks.start() : text.length();
      int first = at;
      while (at < sentences.size() && sentences.get(at).begin() < end) {
        at++;
      }
      if (at > first) {
        lines.add(new SentenceLine(sentences.subList(first, at), number));
      }
      number++;
    }
    return lines;
  }
}
