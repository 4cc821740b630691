package io.github.rnnotator.nn.seq2seq;

import static io.github.rnnotator.nn.seq2seq.EncoderDecoder.BOUNDARY;

import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.StatefulLayer;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Finds likely outputs: keeps the {@code beam} most likely beginnings, extends each by every
 * symbol, and keeps the best again, until no beginning can still win. A beam of 1 is the greedy
 * search. A beam as wide as the number of all beginnings finds the best output of all.
 *
 * <p>Longer outputs have more factors below 1, so outputs are ranked by {@code log p(y | x) / (|y|
 * + 1)^power} (the end counts as a symbol): with power 0 by their probability, with 1 by the mean
 * per symbol. Every output ends within the limit: after so many symbols, only the end may follow.
 *
 * <p>Immutable and thread-safe.
 *
 * @param beam how many beginnings are kept, at least 1
 * @param best how many outputs are returned per source, 1 to {@code beam}
 * @param power the exponent of the length, in {@code [0, 2]}
 */
public record BeamSearch(int beam, int best, float power) {
  private static final float MOST_POWER = 2;

  /** Checks the ranges. */
  public BeamSearch {
    if (beam < 1) {
      throw new IllegalArgumentException("a beam of " + beam + ", expected at least 1");
    }
    if (best < 1 || best > beam) {
      throw new IllegalArgumentException(
          best + " best outputs, expected 1 to the beam, which is " + beam);
    }
    if (!(power >= 0 && power <= MOST_POWER)) {
      throw new IllegalArgumentException("a power of " + power + ", expected 0 to 2");
    }
  }

  /** Returns a search that follows the most likely symbol only. */
  public static BeamSearch greedy() {
    return new BeamSearch(1, 1, 0);
  }

  /** A beginning of an output; the symbols are those of its parents and its own. */
  private record Beginning(
      @Nullable Beginning parent, int symbol, int length, double logProbability, int row) {
    int[] symbols() {
      int[] symbols = new int[length];
      int at = length;
      for (Beginning b = this; b != null && b.length > 0; b = b.parent) {
        symbols[--at] = b.symbol;
      }
      return symbols;
    }
  }

  /** The search for one source. */
  private static final class Search {
    private final int source;
    private final int limit;
    private final List<Hypothesis> finished = new ArrayList<>();
    private List<Beginning> active;

    Search(int source, int limit) {
      this.source = source;
      this.limit = limit;
      this.active = List.of(new Beginning(null, BOUNDARY, 0, 0, source));
    }
  }

  /**
   * Returns the best outputs of each source, best first; at least one, and fewer than {@code best}
   * only if the beam found no more.
   *
   * @param sources ids, at least one each
   * @param limits the most symbols of the outputs of each source, at least 0
   * @param weights packed for the same operations
   */
  public List<List<Hypothesis>> search(
      EncoderDecoder network, List<int[]> sources, int[] limits, Ops ops, PackedWeights weights) {
    if (sources.isEmpty()) {
      return List.of();
    }
    EncoderDecoder.Encoded encoded =
        network.encode(sources, PassContext.inference(ops, new Workspace(), weights));
    List<Search> all = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      all.add(new Search(i, limits[i]));
    }
    List<Search> running = all;
    List<StatefulLayer.State> states = encoded.states();
    Workspace workspace = new Workspace();
    while (!running.isEmpty()) {
      List<Beginning> rows = new ArrayList<>();
      List<Integer> sourceOf = new ArrayList<>();
      for (Search search : running) {
        for (Beginning beginning : search.active) {
          rows.add(beginning);
          sourceOf.add(search.source);
        }
      }
      states = selected(states, rows);
      workspace.reset();
      Decoder.Next next =
          network
              .decoder()
              .step(
                  rows.stream().mapToInt(Beginning::symbol).toArray(),
                  sourceOf.stream().mapToInt(Integer::intValue).toArray(),
                  encoded.sources(),
                  states,
                  PassContext.inference(ops, workspace, weights));
      states = next.states();
      int from = 0;
      List<Search> left = new ArrayList<>();
      for (Search search : running) {
        int row = from;
        from += search.active.size();
        extend(search, next.p(), row);
        if (!search.active.isEmpty()) {
          left.add(search);
        }
      }
      running = left;
    }
    return all.stream().map(search -> ranked(search.finished)).toList();
  }

  private List<Hypothesis> ranked(List<Hypothesis> finished) {
    return finished.stream()
        .sorted(Comparator.comparingDouble(hypothesis -> -hypothesis.score()))
        .limit(best)
        .toList();
  }

  /** Copies the rows of the states that go with the beginnings. */
  private static List<StatefulLayer.State> selected(
      List<StatefulLayer.State> states, List<Beginning> rows) {
    List<StatefulLayer.State> selected = new ArrayList<>();
    for (StatefulLayer.State state : states) {
      FMatrixRMaj c = state.c();
      selected.add(
          new StatefulLayer.State(rows(state.h(), rows), c == null ? null : rows(c, rows)));
    }
    return selected;
  }

  private static FMatrixRMaj rows(FMatrixRMaj from, List<Beginning> rows) {
    FMatrixRMaj to = new FMatrixRMaj(rows.size(), from.numCols);
    for (int i = 0; i < rows.size(); i++) {
      int at = rows.get(i).row() * from.numCols;
      System.arraycopy(from.data, at, to.data, i * from.numCols, from.numCols);
    }
    return to;
  }

  /**
   * Extends the beginnings of one source by a symbol.
   *
   * @param p the probabilities of the next symbol, from row {@code from} on
   */
  private void extend(Search search, FMatrixRMaj p, int from) {
    List<Beginning> candidates = new ArrayList<>();
    for (int i = 0; i < search.active.size(); i++) {
      Beginning beginning = search.active.get(i);
      int row = from + i;
      if (beginning.length == search.limit) {
        candidates.add(longer(beginning, BOUNDARY, p, row));
      } else {
        for (int symbol : mostLikely(p, row)) {
          candidates.add(longer(beginning, symbol, p, row));
        }
      }
    }
    // Stable: of equally likely ones the first, so that the result does not depend on chance.
    candidates.sort(Comparator.comparingDouble(candidate -> -candidate.logProbability));
    List<Beginning> active = new ArrayList<>();
    for (Beginning candidate : candidates.subList(0, Math.min(beam, candidates.size()))) {
      if (candidate.symbol == BOUNDARY) {
        int[] symbols = Objects.requireNonNull(candidate.parent).symbols();
        double log = candidate.logProbability;
        search.finished.add(new Hypothesis(symbols, log, score(log, symbols.length)));
      } else {
        active.add(candidate);
      }
    }
    search.active = canStillWin(search, active) ? active : List.of();
  }

  private static Beginning longer(Beginning beginning, int symbol, FMatrixRMaj p, int row) {
    float probability = Math.max(p.data[row * p.numCols + symbol], Float.MIN_NORMAL);
    double log = beginning.logProbability + StrictMath.log(probability);
    return new Beginning(beginning, symbol, beginning.length + 1, log, row);
  }

  /** Returns the most likely symbols of a row, at most as many as the beam; the best first. */
  private int[] mostLikely(FMatrixRMaj p, int row) {
    int n = Math.min(beam, p.numCols);
    int[] symbols = new int[n];
    int size = 0;
    for (int symbol = 0; symbol < p.numCols; symbol++) {
      float probability = p.data[row * p.numCols + symbol];
      int at = size;
      while (at > 0 && p.data[row * p.numCols + symbols[at - 1]] < probability) {
        at--;
      }
      if (at < n) {
        size = Math.min(size + 1, n);
        System.arraycopy(symbols, at, symbols, at + 1, size - at - 1);
        symbols[at] = symbol;
      }
    }
    return symbols;
  }

  private double score(double logProbability, int symbols) {
    return logProbability / Math.pow(symbols + 1, power);
  }

  /**
   * Whether one of the beginnings may still become one of the best: its probability only falls, and
   * at best it is as long as the limit allows.
   */
  private boolean canStillWin(Search search, List<Beginning> active) {
    if (active.isEmpty() || search.finished.size() < best) {
      return !active.isEmpty();
    }
    double worst = ranked(search.finished).get(best - 1).score();
    return score(active.get(0).logProbability, search.limit) > worst;
  }
}
