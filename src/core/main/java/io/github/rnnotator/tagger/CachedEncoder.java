package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.tagger.pass.AdmissionCache;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Encodes sentences at inference. A token's vector depends on its form alone (with the values of
 * other columns if the model reads any), and so does its projection {@code z_t = W x_t + b} by the
 * first recurrent layer: it is computed once per form and looked up after that. The cache does not
 * change a bit of the result.
 *
 * @param cache the projections of frequent forms, or null to compute all
 */
record CachedEncoder(Network network, @Nullable AdmissionCache<float[]> cache) {
  /** Returns the states of the top layer, one sequence per sentence. */
  SequenceBatch encode(List<Sentence> batch, PassContext pass) {
    SequenceBatch first;
    if (cache == null) {
      SequenceBatch tokens = network.embed().forward(batch, pass).y();
      first = network.firstLayer().forward(tokens, pass).y();
    } else {
      Packing packing = Packing.of(batch.stream().mapToInt(Sentence::size).toArray());
      float[][] projected = project(batch, packing, cache, pass);
      first = network.firstLayer().forwardProjected(packing, projected, pass);
    }
    return network.remainingLayers().forward(first, pass).y();
  }

  /** Returns the projection of each token by its row. */
  private float[][] project(
      List<Sentence> batch, Packing packing, AdmissionCache<float[]> cache, PassContext pass) {
    float[][] projected = new float[packing.tokens()][];
    Map<String, List<Integer>> missing = new LinkedHashMap<>();
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Sentence sentence = batch.get(i);
      for (int t = 0; t < packing.length(i); t++) {
        int row = packing.row(i, t);
        Token token = sentence.tokens().get(t);
        String key = network.embed().key(token);
        float[] known = cache.get(key);
        if (known == null) {
          List<Integer> rows = missing.computeIfAbsent(key, k -> new ArrayList<>());
          if (rows.isEmpty()) {
            tokens.add(token);
          }
          rows.add(row);
        } else {
          projected[row] = known;
        }
      }
    }
    if (!missing.isEmpty()) {
      FMatrixRMaj x = network.embed().encode(tokens.toArray(new Token[0]), pass);
      FMatrixRMaj z = network.firstLayer().project(x, pass);
      int from = 0;
      for (Map.Entry<String, List<Integer>> form : missing.entrySet()) {
        float[] kept = Arrays.copyOfRange(z.data, from, from + z.numCols);
        from += z.numCols;
        cache.put(form.getKey(), kept);
        form.getValue().forEach(row -> projected[row] = kept);
      }
    }
    return projected;
  }
}
