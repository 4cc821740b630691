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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
        all.add(Arguments.of(config(cell, 1, attention), plain));
      }
      all.add(Arguments.of(config(cell, 2, null), plain));
    }
    EncoderLayer lstm = EncoderLayer.bidirectional(CellKind.LSTM, 3);
    DecoderConfig deep = config(CellKind.LSTM, 2, Attention.ADDITIVE);
    all.add(Arguments.of(deep, List.of(lstm, lstm.residual(true))));
    all.add(Arguments.of(deep.copy(true), plain));
    all.add(Arguments.of(config(CellKind.GRU, 1, Attention.DOT).copy(true), plain));
    all.add(Arguments.of(config(CellKind.SIMPLE_RNN, 1, Attention.GENERAL).copy(true), plain));
    all.add(
        Arguments.of(
            config(CellKind.GRU, 1, Attention.GENERAL),
            List.of(
                lstm.dense(true),
                EncoderLayer.recurrent(CellKind.GRU, 6).rank(5),
                EncoderLayer.recurrent(CellKind.SIMPLE_RNN, 6).residual(true))));
    return all.stream();
  }

  private static DecoderConfig config(CellKind cell, int layers, @Nullable Attention attention) {
    return new DecoderConfig(cell, 6, layers, attention, 0, false);
  }

  /** The targets of a model that copies lack symbols of its sources. */
  private static TransducerModel model(DecoderConfig decoder, List<EncoderLayer> encoder) {
    TransducerConfig config =
        new TransducerConfig(
            PairFormat.defaults()
                .units(Unit.CHARACTERS, decoder.copy() ? Unit.CHARACTERS : Unit.TOKENS),
            new SymbolVectors(3, 4),
            encoder,
            decoder,
            SearchConfig.defaults().beam(1));
    List<String> targets = decoder.copy() ? List.of("a", "c") : List.of("AA", "B", "HH", "C");
    TransducerModel.Symbols symbols =
        TransducerModel.Symbols.of(List.of(List.of("a", "b", "한")), List.of(targets));
    TransducerModel model = TransducerModel.create(config, symbols, 0, 1);
    Samples.randomize(model.parameters(), 0.9f, new SplittableRandom(2));
    if (decoder.copy()) {
      Samples.parameter(model.parameters(), "copy.bias").value().data[0] = -4;
      Samples.parameter(model.parameters(), "output.bias").value().data[0] = -5;
    }
    return model;
  }

  @ParameterizedTest
  @MethodSource("models")
  void bothHalvesGiveTheGreedyOutputs(DecoderConfig decoder, List<EncoderLayer> encoder)
      throws OrtException {
    TransducerModel model = model(decoder, encoder);
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
    if (decoder.copy()) {
      assertThat(String.join("", outputs)).containsAnyOf("b", "z", "한");
    }
  }

  private static void decode(TransducerModel model, String[] outputs, double[] probabilities)
      throws OrtException {
    Arrays.fill(probabilities, 1);
    List<List<Integer>> written = new ArrayList<>();
    SOURCES.forEach(source -> written.add(new ArrayList<>()));
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
                case "copies" -> padded(copies(model), 1);
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
          boolean limit =
              written.get(i).size() == model.longest() + model.sourceIds(SOURCES.get(i)).length;
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
            written.get(i).add(best);
          }
        }
        next.forEach((name, value) -> values.put(name.replace("next_", ""), value));
      }
    }
    assertThat(ended).doesNotContain(false);
    for (int i = 0; i < outputs.length; i++) {
      int[] ids = written.get(i).stream().mapToInt(Integer::intValue).toArray();
      outputs[i] = model.text(SOURCES.get(i), ids);
    }
  }

  private static List<int[]> copies(TransducerModel model) {
    return SOURCES.stream().map(source -> model.source(source).copies()).toList();
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
    int[] lengths = ids.stream().mapToInt(source -> source.length).toArray();
    return Map.of(
        "source",
        padded(ids, 1),
        "lengths",
        OnnxTensor.createTensor(ENVIRONMENT, IntBuffer.wrap(lengths), new long[] {lengths.length}));
  }

  private static OnnxTensor padded(List<int[]> ids, int padding) throws OrtException {
    int longest = ids.stream().mapToInt(source -> source.length).max().orElseThrow();
    long[][] padded = new long[ids.size()][longest];
    for (int i = 0; i < padded.length; i++) {
      Arrays.fill(padded[i], padding);
      for (int t = 0; t < ids.get(i).length; t++) {
        padded[i][t] = ids.get(i)[t];
      }
    }
    return OnnxTensor.createTensor(ENVIRONMENT, padded);
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
        model(
            config(CellKind.GRU, 1, Attention.DOT),
            List.of(EncoderLayer.bidirectional(CellKind.GRU, 3)));
    Map<String, String> metadata = TransducerExport.decoder(model, "1").metadata();
    assertThat(metadata.get("target")).isEqualTo("[\"\",\"AA\",\"B\",\"C\",\"HH\"]");
    assertThat(metadata.get("source")).startsWith("[\"\",").endsWith(",\"\"]");
    assertThat(metadata).containsEntry("source.unit", "characters").containsEntry("longest", "4");
  }

  @Test
  void aCellWithoutOperatorIsRefused() {
    TransducerModel model =
        model(
            config(CellKind.MIN_GRU, 1, Attention.DOT),
            List.of(EncoderLayer.bidirectional(CellKind.GRU, 3)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransducerExport.decoder(model, "1"))
        .withMessageContaining("ONNX has no operator for a layer of MinGru");
  }
}
