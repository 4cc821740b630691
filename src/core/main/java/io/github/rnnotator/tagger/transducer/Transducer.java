package io.github.rnnotator.tagger.transducer;

import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.nn.seq2seq.BeamSearch;
import io.github.rnnotator.nn.seq2seq.Hypothesis;
import io.github.rnnotator.nn.seq2seq.IdSource;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes an output for each source: pronunciations, translations, answers.
 *
 * <pre>{@code
 * Transducer transducer = new Transducer(TransducerFile.read(Path.of("cmudict.rnn")));
 * String phonemes = transducer.transduce("tutorial");   // T UW0 T AO1 R IY0 AH0 L
 * }</pre>
 *
 * <p>Thread-safe while the weights do not change. A source gets the same output in any batch.
 */
public final class Transducer {
  /** Sources that are read together, those of similar length. */
  private static final int BATCH = 32;

  private final TransducerModel model;
  private final SearchConfig search;
  private final Ops ops;
  private final PackedWeights weights;

  /** Creates a transducer with the search of the model's configuration. */
  public Transducer(TransducerModel model) {
    this(model, model.config().search(), Ops.best());
  }

  /** Creates a transducer with another search. */
  public Transducer(TransducerModel model, SearchConfig search, Ops ops) {
    this.model = model;
    this.search = search;
    this.ops = ops;
    this.weights = new PackedWeights(ops);
  }

  /**
   * One output.
   *
   * @param text the output
   * @param probability its probability given the source
   * @param score what outputs are ranked by, see {@link BeamSearch}
   */
  public record Output(String text, double probability, double score) {}

  /**
   * Returns the best output that the search finds.
   *
   * @throws IllegalArgumentException if the source has more symbols than {@link
   *     TransducerModel#LONGEST}
   */
  public String transduce(String source) {
    return transduce(List.of(source), 1).get(0).get(0).text();
  }

  /**
   * Returns the best outputs of each source, best first; outputs that read the same are merged, so
   * that there may be fewer.
   *
   * @param n how many per source, at least 1; the beam is at least as wide
   * @throws IllegalArgumentException if a source has more symbols than {@link
   *     TransducerModel#LONGEST}
   */
  public List<List<Output>> transduce(List<String> sources, int n) {
    List<IdSource> ids = sources.stream().map(model::source).toList();
    int[] order =
        IntStream.range(0, ids.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> ids.get(i).length()))
            .mapToInt(Integer::intValue)
            .toArray();
    BeamSearch beam = new BeamSearch(Math.max(n, search.beam()), n, search.power());
    List<List<Output>> outputs = new ArrayList<>(Collections.nCopies(ids.size(), List.of()));
    for (int from = 0; from < order.length; from += BATCH) {
      int[] part = Arrays.copyOfRange(order, from, Math.min(order.length, from + BATCH));
      List<IdSource> batch = Arrays.stream(part).mapToObj(ids::get).toList();
      int[] limits = batch.stream().mapToInt(source -> model.longest() + source.length()).toArray();
      List<List<Hypothesis>> found = beam.search(model.network(), batch, limits, ops, weights);
      for (int i = 0; i < part.length; i++) {
        outputs.set(part[i], outputs(sources.get(part[i]), found.get(i)));
      }
    }
    return outputs;
  }

  private List<Output> outputs(String source, List<Hypothesis> found) {
    List<Output> outputs = new ArrayList<>();
    for (Hypothesis hypothesis : found) {
      String text = model.text(source, hypothesis.symbols());
      if (outputs.stream().noneMatch(output -> output.text().equals(text))) {
        outputs.add(new Output(text, Math.exp(hypothesis.logProbability()), hypothesis.score()));
      }
    }
    return outputs;
  }

  /**
   * What each symbol of an output read of the source.
   *
   * @param source the symbols of the source, and its end as an empty string
   * @param target the symbols of the output, and its end as an empty string
   * @param weights a row for each symbol of the target, a column for each of the source; a row sums
   *     to 1
   */
  public record Alignment(List<String> source, List<String> target, float[][] weights) {}

  /**
   * Returns how an output depends on its source.
   *
   * @throws IllegalStateException if the model has no attention
   * @throws IllegalArgumentException if the model can't write the target
   */
  public Alignment attention(String source, String target) {
    float[][] rows =
        model
            .network()
            .attention(
                model.ids(source, target), PassContext.inference(ops, new Workspace(), weights));
    List<String> sourceSymbols = new ArrayList<>(model.config().input().source().split(source));
    sourceSymbols.add("");
    List<String> targetSymbols = new ArrayList<>(model.config().input().target().split(target));
    targetSymbols.add("");
    return new Alignment(sourceSymbols, targetSymbols, rows);
  }
}
