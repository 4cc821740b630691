package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * Maps the rows of groups, which the encoder reads, to those of their sentences, which the heads
 * tag, each as a sequence of its own. The rows of separators are left out.
 *
 * @param groups the packing of the joined sentences
 * @param sentences the packing of the single ones, in the order of the groups
 * @param rowOf for each row of {@code sentences} that of {@code groups}
 */
record SentenceRows(Packing groups, Packing sentences, int[] rowOf) {
  static SentenceRows of(List<List<Sentence>> batch) {
    List<Integer> joined = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (List<Sentence> group : batch) {
      group.forEach(sentence -> lengths.add(sentence.size()));
      joined.add(SentenceGroups.size(group));
    }
    Packing groups = packing(joined);
    Packing sentences = packing(lengths);
    int[] rowOf = new int[sentences.tokens()];
    int sentence = 0;
    for (int group = 0; group < batch.size(); group++) {
      int begin = 0;
      for (Sentence part : batch.get(group)) {
        for (int t = 0; t < part.size(); t++) {
          rowOf[sentences.row(sentence, t)] = groups.row(group, begin + t);
        }
        begin += part.size() + 1;
        sentence++;
      }
    }
    return new SentenceRows(groups, sentences, rowOf);
  }

  private static Packing packing(List<Integer> lengths) {
    return Packing.of(lengths.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Whether every group is one sentence, so that all rows keep their places. */
  private boolean isNone() {
    return groups.sequences() == sentences.sequences();
  }

  /** Returns the states of the sentences. */
  SequenceBatch toSentences(SequenceBatch states, PassContext pass) {
    if (isNone()) {
      return states;
    }
    int dim = states.dim();
    FMatrixRMaj values = pass.matrix(rowOf.length, dim);
    for (int row = 0; row < rowOf.length; row++) {
      System.arraycopy(states.values().data, rowOf[row] * dim, values.data, row * dim, dim);
    }
    return new SequenceBatch(sentences, values);
  }

  /** Returns the gradient of the groups' states; for separators it is 0. */
  FMatrixRMaj toGroups(FMatrixRMaj d, PassContext pass) {
    if (isNone()) {
      return d;
    }
    int dim = d.numCols;
    FMatrixRMaj values = pass.zeros(groups.tokens(), dim);
    for (int row = 0; row < rowOf.length; row++) {
      System.arraycopy(d.data, row * dim, values.data, rowOf[row] * dim, dim);
    }
    return values;
  }
}
