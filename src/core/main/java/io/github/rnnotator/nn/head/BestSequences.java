package io.github.rnnotator.nn.head;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The best label sequences of a chain's sentence: the Viterbi algorithm with the {@code n} best
 * paths to each label.
 *
 * @param chain has read the sentence
 */
record BestSequences(LabelChain chain) {
  /** A sequence and its score. */
  record Scored(int[] labels, double score) {}

  /**
   * Finds the best legal sequences, best first: the Viterbi algorithm with the {@code n} best paths
   * to each label.
   *
   * @param n the maximum number of sequences, at least 1
   */
  List<Scored> best(int n) {
    Path[][] paths = new Path[chain.labels()][];
    for (int t = 0; t < chain.length(); t++) {
      Path[][] next = new Path[chain.labels()][];
      for (int j = 0; j < chain.labels(); j++) {
        next[j] = t == 0 ? firstPath(j) : pathsTo(j, t, paths, n);
      }
      paths = next;
    }
    List<Path> whole = new ArrayList<>();
    for (int j = 0; j < chain.labels(); j++) {
      for (Path path : paths[j]) {
        whole.add(new Path(j, path.score + chain.endScore(j), path));
      }
    }
    List<Scored> best = new ArrayList<>();
    for (Path path : best(whole, n)) {
      int[] sequence = new int[chain.length()];
      @Nullable Path at = path.before;
      for (int t = chain.length() - 1; at != null; t--) {
        sequence[t] = at.label;
        at = at.before;
      }
      best.add(new Scored(sequence, path.score));
    }
    return best;
  }

  /** A path that ends in a label, linked to its prefix. */
  private record Path(int label, double score, @Nullable Path before) {}

  private Path[] firstPath(int label) {
    Path path = new Path(label, chain.startScore(label), null);
    return LabelChain.isLegal(path.score) ? new Path[] {path} : new Path[0];
  }

  private Path[] pathsTo(int label, int t, Path[][] before, int n) {
    List<Path> all = new ArrayList<>();
    for (int i = 0; i < chain.labels(); i++) {
      double step = chain.stepScore(i, t, label);
      if (LabelChain.isLegal(step)) {
        for (Path path : before[i]) {
          all.add(new Path(label, path.score + step, path));
        }
      }
    }
    return best(all, n).toArray(Path[]::new);
  }

  private static List<Path> best(List<Path> paths, int n) {
    return paths.stream()
        .filter(path -> LabelChain.isLegal(path.score))
        .sorted(Comparator.comparingDouble(path -> -path.score))
        .limit(n)
        .toList();
  }
}
