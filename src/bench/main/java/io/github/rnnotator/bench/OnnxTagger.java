package io.github.rnnotator.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.rnnotator.onnx.OnnxExport;
import io.github.rnnotator.onnx.PaddedBatch;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model with a softmax head, exported by {@code rnnotator export --onnx}, in ONNX Runtime. It has
 * no form cache.
 */
final class OnnxTagger implements SentenceTagger {
  private final TaggerModel model;
  private final String output;
  private final List<String> labels;
  private final OrtSession session;

  OnnxTagger(TaggerModel model) {
    this.model = model;
    String head = model.labels().keySet().iterator().next();
    this.output = head + ".probabilities";
    this.labels = model.labels().get(head).names();
    this.session = OnnxSessions.open(OnnxExport.of(model, "benchmark").toBytes());
  }

  @Override
  public List<String> tag(List<Sentence> sentences) {
    String[][] tags = new String[sentences.size()][];
    for (List<Integer> places : ByLength.batches(sentences)) {
      PaddedBatch batch = PaddedBatch.of(places.stream().map(sentences::get).toList(), model);
      try {
        String[][] tagged = tag(batch);
        for (int i = 0; i < tagged.length; i++) {
          tags[places.get(i)] = tagged[i];
        }
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
    return Arrays.stream(tags).flatMap(Arrays::stream).toList();
  }

  private String[][] tag(PaddedBatch batch) throws OrtException {
    Map<String, OnnxTensor> inputs = inputs(batch);
    try (OrtSession.Result result = session.run(inputs)) {
      OnnxTensor tensor = (OnnxTensor) result.get(output).orElseThrow();
      FloatBuffer scores = tensor.getFloatBuffer();
      String[][] tags = new String[batch.batch()][];
      for (int i = 0; i < tags.length; i++) {
        tags[i] = new String[batch.lengths()[i]];
        for (int t = 0; t < tags[i].length; t++) {
          tags[i][t] = best(scores, (i * batch.timesteps() + t) * labels.size());
        }
      }
      return tags;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private String best(FloatBuffer scores, int from) {
    int best = 0;
    for (int j = 1; j < labels.size(); j++) {
      if (scores.get(from + j) > scores.get(from + best)) {
        best = j;
      }
    }
    return labels.get(best);
  }

  private static Map<String, OnnxTensor> inputs(PaddedBatch batch) throws OrtException {
    long[] tokens = {batch.batch(), batch.timesteps()};
    long[] characters = {batch.batch(), batch.timesteps(), batch.length()};
    Map<String, OnnxTensor> inputs = new HashMap<>();
    inputs.put("words", longs(batch.words(), tokens));
    inputs.put("characters", longs(batch.characters(), characters));
    inputs.put("word_lengths", ints(batch.wordLengths(), tokens));
    inputs.put("shapes", longs(batch.shapes(), tokens));
    inputs.put("lengths", ints(batch.lengths(), batch.batch()));
    return inputs;
  }

  private static OnnxTensor longs(long[] values, long... shape) throws OrtException {
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), shape);
  }

  private static OnnxTensor ints(int[] values, long... shape) throws OrtException {
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), IntBuffer.wrap(values), shape);
  }

  @Override
  public void close() {
    OnnxSessions.close(session);
  }
}
