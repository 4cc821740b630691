package io.github.rnnotator.data;

import io.github.rnnotator.eval.pairs.PairMeasure;
import io.github.rnnotator.eval.pairs.PairReporter;
import io.github.rnnotator.eval.pairs.PairScore;
import io.github.rnnotator.eval.pairs.PairScorer;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.TextLines;
import io.github.rnnotator.tagger.transducer.PairFormat;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sources with their targets. Immutable.
 *
 * @param source the name of the file, for messages
 * @param pairs at least one
 */
public record PairCorpus(String source, List<TextPair> pairs) {
  /** A source and its target. */
  public record TextPair(String source, String target) {}

  /** Copies the list. */
  public PairCorpus {
    pairs = List.copyOf(pairs);
  }

  /**
   * Reads a file with a source, a tab and a target per line; blank lines are skipped.
   *
   * @throws CorpusException if a line is not like that, a text is too long, or the file has no
   *     pair; it names file and line
   */
  public static PairCorpus read(Path file, PairFormat format) throws IOException {
    try (TextLines lines = TextLines.open(file)) {
      return read(lines, file.toString(), format);
    }
  }

  /**
   * Reads from lines, as {@link #read(Path, PairFormat)}.
   *
   * @param source the name for messages
   */
  public static PairCorpus read(TextLines lines, String source, PairFormat format)
      throws IOException {
    List<TextPair> pairs = new ArrayList<>();
    for (Optional<TextLines.Line> line = lines.read(); line.isPresent(); line = lines.read()) {
      String text = line.get().text();
      if (!text.isBlank()) {
        pairs.add(pair(text, source, line.get().number(), format));
      }
    }
    if (pairs.isEmpty()) {
      throw new CorpusException(source, "no pairs, expected a source, a tab and a target per line");
    }
    return new PairCorpus(source, pairs);
  }

  private static TextPair pair(String text, String source, int number, PairFormat format)
      throws CorpusException {
    String[] cells = text.split("\t", -1);
    if (cells.length != 2) {
      throw new CorpusException(
          source,
          number,
          cells.length
              + (cells.length == 1 ? " column" : " columns")
              + ", expected a source, a tab and a target");
    }
    try {
      TransducerModel.requireLength("source", format.source().split(cells[0]).size());
      TransducerModel.requireLength("target", format.target().split(cells[1]).size());
    } catch (IllegalArgumentException e) {
      throw new CorpusException(source, number, String.valueOf(e.getMessage()));
    }
    return new TextPair(cells[0], cells[1]);
  }

  /** Returns the corpus without every tenth pair, and those. */
  public List<PairCorpus> holdOut() throws InputException {
    if (pairs.size() < 2) {
      throw new InputException(source + ": one pair is too few to hold some out; give --dev");
    }
    List<TextPair> kept = new ArrayList<>();
    List<TextPair> held = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      boolean out = pairs.size() < 10 ? i == pairs.size() - 1 : i % 10 == 9;
      (out ? held : kept).add(pairs.get(i));
    }
    return List.of(new PairCorpus(source, kept), new PairCorpus(source, held));
  }

  /** Returns all sources. */
  public List<String> sources() {
    return pairs.stream().map(TextPair::source).toList();
  }

  /**
   * Compares outputs with the targets, in order.
   *
   * @throws IllegalArgumentException if there are not as many outputs as pairs
   */
  public PairScore score(List<String> outputs, PairFormat format, PairMeasure measure) {
    PairScorer scorer = new PairScorer(measure);
    compare(
        outputs,
        format,
        (source, gold, predicted) ->
            scorer.add(
                gold, predicted, format.target().join(gold), format.target().join(predicted)));
    return scorer.score();
  }

  /**
   * Compares outputs with the targets in detail.
   *
   * @throws IllegalArgumentException if there are not as many outputs as pairs
   */
  public PairReporter report(List<String> outputs, PairFormat format) {
    PairReporter reporter = new PairReporter();
    compare(
        outputs,
        format,
        (source, gold, predicted) ->
            reporter.add(
                source,
                gold,
                predicted,
                format.target().join(gold),
                format.target().join(predicted)));
    return reporter;
  }

  private interface Comparison {
    void add(String source, List<String> gold, List<String> predicted);
  }

  private void compare(List<String> outputs, PairFormat format, Comparison comparison) {
    if (outputs.size() != pairs.size()) {
      throw new IllegalArgumentException(
          outputs.size() + " outputs of " + pairs.size() + " pairs, expected one each");
    }
    for (int i = 0; i < outputs.size(); i++) {
      comparison.add(
          pairs.get(i).source(),
          format.target().split(pairs.get(i).target()),
          format.target().split(outputs.get(i)));
    }
  }
}
