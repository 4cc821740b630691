package io.github.rnnotator.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Samples;
import io.github.rnnotator.nn.seq2seq.Attention;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.transducer.DecoderConfig;
import io.github.rnnotator.tagger.transducer.PairFormat;
import io.github.rnnotator.tagger.transducer.SearchConfig;
import io.github.rnnotator.tagger.transducer.SymbolVectors;
import io.github.rnnotator.tagger.transducer.Transducer;
import io.github.rnnotator.tagger.transducer.TransducerConfig;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import io.github.rnnotator.tagger.transducer.Unit;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime, step by step, gives the outputs and probabilities of the greedy search. */
class TransducerExportTest {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();
  private static final List<String> SOURCES = List.of("ab", "한baab", "", "zb", "a");

  static Stream<Arguments> models() {
    List<Arguments> all = new ArrayList<>();
    List<EncoderLayer> plain = List.of(EncoderLayer.bidirectional(CellKind.GRU, 3));
    for (CellKind cell : List.of(CellKind.SIMPLE_RNN, CellKind.GRU, CellKind.LSTM)) {
      for (Attention attention : Attention.values()) {
        all.add(Arguments.of(cell, attention, 1, plain));
      }
      all.add(Arguments.of(cell, null, 2, plain));
    }
    EncoderLayer lstm = EncoderLayer.bidirectional(CellKind.LSTM, 3);
    all.add(Arguments.of(CellKind.LSTM, Attention.ADDITIVE, 2, List.of(lstm, lstm.residual(true))));
    all.add(
        Arguments.of(
            CellKind.GRU,
            Attention.GENERAL,
            1,
            List.of(
                lstm.dense(true),
                EncoderLayer.recurrent(CellKind.GRU, 6),
                EncoderLayer.recurrent(CellKind.SIMPLE_RNN, 6).residual(true))));
    return all.stream();
  }

  private static TransducerModel model(
      CellKind cell, Attention attention, int layers, List<EncoderLayer> encoder) {
    TransducerConfig config =
        new TransducerConfig(
            PairFormat.defaults().units(Unit.CHARACTERS, Unit.TOKENS),
            new SymbolVectors(3, 4),
            encoder,
            new DecoderConfig(cell, 6, layers, attention, 0),
            SearchConfig.defaults().beam(1));
    TransducerModel.Symbols symbols =
        TransducerModel.Symbols.of(
            List.of(List.of("a", "b", "한")), List.of(List.of("AA", "B", "HH", "C")));
    TransducerModel model = TransducerModel.create(config, symbols, 0, 1);
    Samples.randomize(model.parameters(), 0.9f, new SplittableRandom(2));
    return model;
  }

  @ParameterizedTest(name = "{0}, {1}, {2} layers, {3}")
  @MethodSource("models")
  void bothHalvesGiveTheGreedyOutputs(
      CellKind cell, Attention attention, int layers, List<EncoderLayer> encoder)
      throws OrtException {
    TransducerModel model = model(cell, attention, layers, encoder);
    List<List<Transducer.Output>> expected =
        new Transducer(model, new SearchConfig(1, 0), Ops.best()).transduce(SOURCES, 1);
    String[] outputs = new String[SOURCES.size()];
    double[] probabilities = new double[SOURCES.size()];
    decode(model, outputs, probabilities);
    for (int i = 0; i < outputs.length; i++) {
      Transducer.Output best = expected.get(i).get(0);
      assertThat(outputs[i]).as(SOURCES.get(i)).isEqualTo(best.text());
      assertThat(probabilities[i]).isCloseTo(best.probability(), within(1e-4));
    }
    assertThat(probabilities).doesNotHaveDuplicates();
  }

  private static void decode(TransducerModel model, String[] outputs, double[] probabilities)
      throws OrtException {
    Arrays.fill(outputs, "");
    Arrays.fill(probabilities, 1);
    boolean[] ended = new boolean[outputs.length];
    int[] positions = new int[outputs.length];
    boolean monotone = model.config().decoder().attention() == Attention.MONOTONE;
    try (OrtSession encoder = session(TransducerExport.encoder(model, "1"));
        OrtSession decoder = session(TransducerExport.decoder(model, "1"))) {
      Map<String, OnnxTensor> read = sources(model);
      Map<String, Object> values = values(encoder, read);
      long[] symbols = new long[outputs.length];
      for (int step = 0; step < 60; step++) {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        for (String name : decoder.getInputNames()) {
          inputs.put(
              name,
              switch (name) {
                case "symbol" -> OnnxTensor.createTensor(ENVIRONMENT, symbols);
                case "lengths" -> read.get("lengths");
                case "state" ->
                    OnnxTensor.createTensor(
                        ENVIRONMENT, at((float[][][]) values.get("states"), positions));
                default -> OnnxTensor.createTensor(ENVIRONMENT, values.get(name));
              });
        }
        Map<String, Object> next = values(decoder, inputs);
        float[][] p = (float[][]) next.get("probabilities");
        for (int i = 0; i < outputs.length; i++) {
          int best = 0;
          int length = outputs[i].isEmpty() ? 0 : outputs[i].split(" ").length;
          boolean limit = length == model.longest() + model.sourceIds(SOURCES.get(i)).length;
          for (int symbol = 1; symbol < p[i].length && !limit; symbol++) {
            best = p[i][symbol] > p[i][best] ? symbol : best;
          }
          probabilities[i] *= ended[i] ? 1 : p[i][best];
          int last = monotone ? model.sourceIds(SOURCES.get(i)).length - 1 : 0;
          if (best == 0 && positions[i] < last) {
            positions[i]++;
            keep(i, values, next);
            continue;
          }
          symbols[i] = best;
          ended[i] |= best == 0;
          if (!ended[i]) {
            String text = model.target().entries().get(best - 1).text();
            outputs[i] += (outputs[i].isEmpty() ? "" : " ") + text;
          }
        }
        next.forEach((name, value) -> values.put(name.replace("next_", ""), value));
      }
    }
    assertThat(ended).doesNotContain(false);
  }

  /** The encoder's state of each source at its position. */
  private static float[][] at(float[][][] states, int[] positions) {
    float[][] rows = new float[positions.length][];
    Arrays.setAll(rows, i -> states[i][positions[i]]);
    return rows;
  }

  /** A step of the position leaves the states of the decoder as they were. */
  private static void keep(int row, Map<String, Object> before, Map<String, Object> next) {
    next.forEach(
        (name, value) -> {
          if (name.startsWith("next_")) {
            float[][] old = (float[][]) before.get(name.replace("next_", ""));
            ((float[][]) value)[row] = old[row];
          }
        });
  }

  private static OrtSession session(OnnxModel model) throws OrtException {
    return ENVIRONMENT.createSession(model.toBytes());
  }

  /** Padding holds an id that would change the outputs if it were read. */
  private static Map<String, OnnxTensor> sources(TransducerModel model) throws OrtException {
    List<int[]> ids = SOURCES.stream().map(model::sourceIds).toList();
    int longest = ids.stream().mapToInt(source -> source.length).max().orElseThrow();
    long[] padded = new long[ids.size() * longest];
    Arrays.fill(padded, 1);
    int[] lengths = new int[ids.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = ids.get(i).length;
      for (int t = 0; t < lengths[i]; t++) {
        padded[i * longest + t] = ids.get(i)[t];
      }
    }
    return Map.of(
        "source",
        OnnxTensor.createTensor(
            ENVIRONMENT, LongBuffer.wrap(padded), new long[] {lengths.length, longest}),
        "lengths",
        OnnxTensor.createTensor(ENVIRONMENT, IntBuffer.wrap(lengths), new long[] {lengths.length}));
  }

  private static Map<String, Object> values(OrtSession session, Map<String, OnnxTensor> inputs)
      throws OrtException {
    Map<String, Object> values = new HashMap<>();
    try (OrtSession.Result result = session.run(inputs)) {
      for (String name : session.getOutputNames()) {
        values.put(name, result.get(name).orElseThrow().getValue());
      }
    }
    return values;
  }

  @Test
  void symbolsAreInTheMetadata() {
    TransducerModel model =
        model(CellKind.GRU, Attention.DOT, 1, List.of(EncoderLayer.bidirectional(CellKind.GRU, 3)));
    Map<String, String> metadata = TransducerExport.decoder(model, "1").metadata();
    assertThat(metadata.get("target")).isEqualTo("[\"\",\"AA\",\"B\",\"C\",\"HH\"]");
    assertThat(metadata.get("source")).startsWith("[\"\",").endsWith(",\"\"]");
    assertThat(metadata).containsEntry("source.unit", "characters").containsEntry("longest", "4");
  }

  @Test
  void aCellWithoutOperatorIsRefused() {
    TransducerModel model =
        model(
            CellKind.MIN_GRU,
            Attention.DOT,
            1,
            List.of(EncoderLayer.bidirectional(CellKind.GRU, 3)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransducerExport.decoder(model, "1"))
        .withMessageContaining("ONNX has no operator for a layer of MinGru");
  }
}
