package io.github.rnnotator.nn.seq2seq;

import static io.github.rnnotator.nn.seq2seq.EncoderDecoder.BOUNDARY;

import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.StatefulLayer;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

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

  /**
   * A beginning of an output: what is written, and the position that is read.
   *
   * @param fresh whether the states in its row are those before its last symbol
   * @param row in the states of the last step
   */
  private record Beginning(
      Written written, int position, boolean fresh, double logProbability, int row) {
    Beginning logProbability(double sum) {
      return new Beginning(written, position, fresh, sum, row);
    }

    /** The beginning without how it was reached: those of the same have the same states. */
    Beginning withoutPath() {
      return new Beginning(written, position, false, 0, 0);
    }
  }

  /** The search for one source. */
  private static final class Search {
    private final int source;
    private final int limit;
    private final int ids;
    private final int lastPosition;
    private final List<Hypothesis> finished = new ArrayList<>();
    private List<Beginning> active;

    Search(int source, int limit, Decoder.Writing writing) {
      this.source = source;
      this.limit = limit;
      this.ids = writing.ids(source);
      this.lastPosition = writing.lastPosition(source);
      this.active = List.of(new Beginning(Written.NOTHING, 0, true, 0, source));
    }
  }

  /**
   * Returns the best outputs of each source, best first; at least one, and fewer than {@code best}
   * only if the beam found no more.
   *
   * @param limits the most symbols of the outputs of each source, at least 0
   * @param weights packed for the same operations
   */
  public List<List<Hypothesis>> search(
      EncoderDecoder network,
      List<IdSource> sources,
      int[] limits,
      Ops ops,
      PackedWeights weights) {
    if (sources.isEmpty()) {
      return List.of();
    }
    Decoder.Writing writing =
        network.begin(sources, PassContext.inference(ops, new Workspace(), weights));
    List<Search> all = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      all.add(new Search(i, limits[i], writing));
    }
    List<Search> running = all;
    List<StatefulLayer.State> states = writing.initial();
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
      int[] at = rows.stream().mapToInt(Beginning::row).toArray();
      // Copies, which the workspace does not reclaim.
      states = states.stream().map(state -> state.rows(at)).toList();
      workspace.reset();
      Decoder.Next next =
          writing.step(
              beginnings(rows, sourceOf), states, PassContext.inference(ops, workspace, weights));
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

  private static Decoder.Beginnings beginnings(List<Beginning> rows, List<Integer> sourceOf) {
    boolean[] fresh = new boolean[rows.size()];
    for (int i = 0; i < fresh.length; i++) {
      fresh[i] = rows.get(i).fresh();
    }
    return new Decoder.Beginnings(
        rows.stream().mapToInt(beginning -> beginning.written().symbol()).toArray(),
        fresh,
        sourceOf.stream().mapToInt(Integer::intValue).toArray(),
        rows.stream().mapToInt(Beginning::position).toArray());
  }

  /**
   * A beginning with one more symbol, or at the next position, or ended.
   *
   * @param ends whether the output is complete
   */
  private record Candidate(Beginning beginning, boolean ends) {
    double logProbability() {
      return beginning.logProbability;
    }
  }

  /**
   * Extends the beginnings of one source by a symbol.
   *
   * @param p the probabilities of the next symbol, from row {@code from} on
   */
  private void extend(Search search, FMatrixRMaj p, int from) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < search.active.size(); i++) {
      Beginning beginning = search.active.get(i);
      int row = from + i;
      if (beginning.written.length() == search.limit) {
        candidates.add(extended(search, beginning, BOUNDARY, p, row));
      } else {
        for (int symbol : mostLikely(p, row, search.ids)) {
          candidates.add(extended(search, beginning, symbol, p, row));
        }
      }
    }
    if (search.lastPosition > 0) {
      candidates = merged(candidates);
    }
    // Stable: of equally likely ones the first, so that the result does not depend on chance.
    candidates.sort(Comparator.comparingDouble(candidate -> -candidate.logProbability()));
    List<Beginning> active = new ArrayList<>();
    for (Candidate candidate : candidates.subList(0, Math.min(beam, candidates.size()))) {
      if (candidate.ends) {
        int[] symbols = candidate.beginning.written.symbols();
        double log = candidate.logProbability();
        search.finished.add(new Hypothesis(symbols, log, score(log, symbols.length)));
      } else {
        active.add(candidate.beginning);
      }
    }
    search.active = canStillWin(search, active) ? active : List.of();
  }

  private static Candidate extended(
      Search search, Beginning beginning, int symbol, FMatrixRMaj p, int row) {
    float probability = Math.max(p.data[row * p.numCols + symbol], Float.MIN_NORMAL);
    double log = beginning.logProbability + StrictMath.log(probability);
    Written written = beginning.written;
    int position = beginning.position;
    if (symbol != BOUNDARY) {
      return new Candidate(
          new Beginning(written.and(symbol), position, true, log, row), /* ends= */ false);
    }
    boolean ends = position == search.lastPosition;
    return new Candidate(new Beginning(written, position + 1, false, log, row), ends);
  }

  /** Adds the probabilities of those that have written the same, in the order of the first ones. */
  private static List<Candidate> merged(List<Candidate> candidates) {
    Map<Candidate, Candidate> firsts = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      Candidate key = new Candidate(candidate.beginning.withoutPath(), candidate.ends);
      firsts.merge(
          key,
          candidate,
          (first, other) -> {
            double log = Lattice.sum(first.logProbability(), other.logProbability());
            return new Candidate(first.beginning.logProbability(log), first.ends);
          });
    }
    return new ArrayList<>(firsts.values());
  }

  /** Returns the most likely of the ids of a row, at most as many as the beam; the best first. */
  private int[] mostLikely(FMatrixRMaj p, int row, int ids) {
    int n = Math.min(beam, ids);
    int[] symbols = new int[n];
    int size = 0;
    for (int symbol = 0; symbol < ids; symbol++) {
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
