package io.github.rnnotator.report;

import io.github.rnnotator.eval.EvaluationReport.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens as running text, with what was marked in them coloured by its type. */
final class MarkedText {
  /** Where the tokens are in the JSON. */
  static final String TOKENS = "data-tokens";

  private final Map<String, Integer> colours;

  /**
   * Creates a painter.
   *
   * @param colours type to the number of its colour
   */
  MarkedText(Map<String, Integer> colours) {
    this.colours = Map.copyOf(colours);
  }

  /**
   * Returns an error: one passage where there is one chunk, or two with the same tokens; else two.
   *
   * @param at where the tokens are
   */
  List<Element> ofError(
      Pointer at, List<String> tokens, @Nullable Mark gold, @Nullable Mark predicted) {
    if (gold == null || predicted == null) {
      Mark only = gold == null ? predicted : gold;
      return List.of(of(at, tokens, only == null ? List.of() : List.of(chunk(tokens, only))));
    }
    if (gold.begin() == predicted.begin() && gold.end() == predicted.end()) {
      return List.of(of(at, tokens, List.of(chunk(tokens, gold, predicted))));
    }
    return List.of(ofBoth(at, tokens, List.of(gold), List.of(predicted)));
  }

  /** Returns the passage with its gold chunks, and the same with its predicted chunks. */
  Element ofBoth(Pointer at, List<String> tokens, List<Mark> gold, List<Mark> predicted) {
    return Element.of(
            "dl",
            Element.of("dt", "gold"),
            Element.of("dd", of(at, tokens, chunks(tokens, gold))),
            Element.of("dt", "predicted"),
            Element.of("dd", of(at, tokens, chunks(tokens, predicted))))
        .with("class", "versions");
  }

  /**
   * Returns the passage with the gold and predicted tag of each wrong token.
   *
   * @param gold the right tag of each wrong token
   * @param predicted the tag that it was given
   */
  Element ofTags(Pointer at, List<String> tokens, List<Mark> gold, List<Mark> predicted) {
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < gold.size(); i++) {
      chunks.add(chunk(tokens, gold.get(i), predicted.get(i)));
    }
    return of(at, tokens, chunks);
  }

  /** What is marked from one token to another. */
  private record Chunk(int begin, int end, Element element) {}

  private Element of(Pointer at, List<String> tokens, List<Chunk> chunks) {
    Element text =
        Element.of("p").with("class", "text").with("dir", "auto").with(TOKENS, at.text());
    int next = 0;
    for (Chunk chunk : chunks) {
      for (; next < chunk.begin; next++) {
        text.add(token(tokens.get(next)), " ");
      }
      text.add(chunk.element, " ");
      next = chunk.end;
    }
    for (; next < tokens.size(); next++) {
      text.add(token(tokens.get(next)), " ");
    }
    return text;
  }

  private List<Chunk> chunks(List<String> tokens, List<Mark> marks) {
    return marks.stream().map(mark -> chunk(tokens, mark)).toList();
  }

  /** Returns a chunk of one side, with its type. */
  private Chunk chunk(List<String> tokens, Mark mark) {
    return chunk(tokens, mark, type(mark.type()));
  }

  /** Returns what has one type in gold and another in the predicted tags. */
  private Chunk chunk(List<String> tokens, Mark gold, Mark predicted) {
    return chunk(
        tokens,
        gold,
        type(gold.type()),
        Element.of("span", "\u00a0→\u00a0").with("class", "type"),
        type(predicted.type()));
  }

  private Chunk chunk(List<String> tokens, Mark mark, Object... types) {
    Element element = Element.of("mark");
    for (int i = mark.begin(); i < mark.end(); i++) {
      // The type stays on the line of the last word.
      element.add(token(tokens.get(i)), i + 1 < mark.end() ? " " : "\u00a0");
    }
    element.add(types).with("class", colour(mark.type()) + (mark.correct() ? "" : " wrong"));
    return new Chunk(mark.begin(), mark.end(), element);
  }

  private String colour(String type) {
    return "c" + colours.getOrDefault(type, 0);
  }

  private static Element type(String type) {
    return Element.of("span", type.isEmpty() ? "(none)" : type).with("class", "type");
  }

  private static Element token(String form) {
    return Element.of("bdi", form);
  }
}
