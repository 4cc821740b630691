package io.github.rnnotator.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Bidirectional;
import io.github.rnnotator.nn.Conv1d;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Dropout;
import io.github.rnnotator.nn.GlobalMaxPooling;
import io.github.rnnotator.nn.Gru;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Lstm;
import io.github.rnnotator.nn.RepeatVector;
import io.github.rnnotator.nn.SimpleRnn;
import io.github.rnnotator.nn.TimeDistributed;
import org.junit.jupiter.api.Test;

/** Tables as Keras 2 prints them; the numbers of weights are worked out by hand. */
class ModelSummaryTest {
  private static String summary(Input input, LayerSpec... layers) {
    return SequentialModel.of(input, 1, layers).summary() + "\n";
  }

  /**
   * Sentiment, many-to-one:
   *
   * <pre>
   *   Embedding   10000 * 32                  = 320000
   *   SimpleRNN   32 * 32 + 32 * 32 + 32      =   2080
   *   Dense       32 * 1 + 1                  =     33
   * </pre>
   */
  @Test
  void sentimentManyToOne() {
    assertThat(
            summary(
                Input.ids(),
                new Embedding(10000, 32),
                new SimpleRnn(32),
                new Dense(1, Activation.SIGMOID)))
        .isEqualTo(
            """
            Model: "sequential"
            _________________________________________________________________
            Layer (type)                 Output Shape              Param #  \s
            =================================================================
            embedding (Embedding)        (None, None, 32)          320000   \s
            _________________________________________________________________
            simple_rnn (SimpleRNN)       (None, 32)                2080     \s
            _________________________________________________________________
            dense (Dense)                (None, 1)                 33       \s
            =================================================================
            Total params: 322,113
            Trainable params: 322,113
            Non-trainable params: 0
            _________________________________________________________________
            """);
  }

  /**
   * Tagging, many-to-many:
   *
   * <pre>
   *   Embedding         5000 * 100                            = 500000
   *   Bidirectional     2 * 4 * (100 * 64 + 64 * 64 + 64)     =  84480
   *   TimeDistributed   128 * 17 + 17                         =   2193
   * </pre>
   */
  @Test
  void taggingManyToMany() {
    assertThat(
            summary(
                Input.ids().timesteps(40),
                new Embedding(5000, 100),
                new Bidirectional(new Lstm(64).returnSequences(true)),
                new TimeDistributed(new Dense(17, Activation.SOFTMAX))))
        .isEqualTo(
            """
            Model: "sequential"
            _________________________________________________________________
            Layer (type)                 Output Shape              Param #  \s
            =================================================================
            embedding (Embedding)        (None, 40, 100)           500000   \s
            _________________________________________________________________
            bidirectional (Bidirectional (None, 40, 128)           84480    \s
            _________________________________________________________________
            time_distributed (TimeDistri (None, 40, 17)            2193     \s
            =================================================================
            Total params: 586,673
            Trainable params: 586,673
            Non-trainable params: 0
            _________________________________________________________________
            """);
  }

  /**
   * Four bidirectional layers. The first reads 100 inputs, each other one the 256 outputs of the
   * one below:
   *
   * <pre>
   *   first      2 * (100 * 128 + 128 * 128 + 128) = 58624
   *   others     2 * (256 * 128 + 128 * 128 + 128) = 98560
   *   Dense      256 * 17 + 17                     =  4369
   *   together   58624 + 3 * 98560 + 4369          = 358673
   * </pre>
   */
  @Test
  void fourBidirectionalLayers() {
    LayerSpec deep = new Bidirectional(new SimpleRnn(128).returnSequences(true));
    assertThat(
            summary(
                Input.vectors(100).timesteps(10),
                deep,
                deep,
                deep,
                deep,
                new Dense(17, Activation.SOFTMAX)))
        .isEqualTo(
            """
            Model: "sequential"
            _________________________________________________________________
            Layer (type)                 Output Shape              Param #  \s
            =================================================================
            bidirectional (Bidirectional (None, 10, 256)           58624    \s
            _________________________________________________________________
            bidirectional_1 (Bidirection (None, 10, 256)           98560    \s
            _________________________________________________________________
            bidirectional_2 (Bidirection (None, 10, 256)           98560    \s
            _________________________________________________________________
            bidirectional_3 (Bidirection (None, 10, 256)           98560    \s
            _________________________________________________________________
            dense (Dense)                (None, 10, 17)            4369     \s
            =================================================================
            Total params: 358,673
            Trainable params: 358,673
            Non-trainable params: 0
            _________________________________________________________________
            """);
  }

  /**
   * A stack of one layer of each kind; Keras' GRU has two biases:
   *
   * <pre>
   *   SimpleRNN   5 * 64 + 64 * 64 + 64              = 4480
   *   GRU         3 * (64 * 32 + 32 * 32 + 2 * 32)   = 9408
   *   LSTM        4 * (32 * 16 + 16 * 16 + 16)       = 3136
   *   Dense       16 * 3 + 3                         =   51
   * </pre>
   */
  @Test
  void stackOfEachCell() {
    assertThat(
            summary(
                Input.vectors(5).timesteps(10),
                new SimpleRnn(64).returnSequences(true),
                new Gru(32).returnSequences(true),
                new Lstm(16),
                new Dense(3, Activation.SOFTMAX)))
        .isEqualTo(
            """
            Model: "sequential"
            _________________________________________________________________
            Layer (type)                 Output Shape              Param #  \s
            =================================================================
            simple_rnn (SimpleRNN)       (None, 10, 64)            4480     \s
            _________________________________________________________________
            gru (GRU)                    (None, 10, 32)            9408     \s
            _________________________________________________________________
            lstm (LSTM)                  (None, 16)                3136     \s
            _________________________________________________________________
            dense (Dense)                (None, 3)                 51       \s
            =================================================================
            Total params: 17,075
            Trainable params: 17,075
            Non-trainable params: 0
            _________________________________________________________________
            """);
  }

  /** The textbook's first layer, {@code SimpleRNN(3, input_shape=(2, 10))}: 10 * 3 + 3 * 3 + 3. */
  @Test
  void theFirstLayerOfTheTextbookHas42Weights() {
    assertThat(
            summary(
                Input.vectors(10).timesteps(2), new SimpleRnn(3), new Dense(2, Activation.SOFTMAX)))
        .contains("\nsimple_rnn (SimpleRNN)       (None, 3)                 42        \n");
  }

  @Test
  void otherLayersHaveTheirNamesAndShapes() {
    assertThat(
            summary(
                    Input.vectors(4),
                    new Conv1d(6, 3),
                    new Dropout(0.5f),
                    new GlobalMaxPooling(),
                    new RepeatVector(7),
                    new Dense(2, Activation.SOFTMAX))
                .lines()
                .filter(line -> line.contains("(None"))
                .map(line -> line.replaceAll(" +", " ").strip()))
        .containsExactly(
            "conv1d (Conv1D) (None, None, 6) 78",
            "dropout (Dropout) (None, None, 6) 0",
            "global_max_pooling1d (Global (None, 6) 0",
            "repeat_vector (RepeatVector) (None, 7, 6) 0",
            "dense (Dense) (None, 7, 2) 14");
  }
}
