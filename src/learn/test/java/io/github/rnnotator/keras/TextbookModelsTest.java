package io.github.rnnotator.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Bidirectional;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Lstm;
import io.github.rnnotator.nn.SimpleRnn;
import io.github.rnnotator.nn.TimeDistributed;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The models of a textbook's chapter on recurrent networks, on data that each can just learn. */
class TextbookModelsTest {
  private static final int WORDS = 20;

  /** Sequences of 3 to 8 words. */
  private static int[][] sentences(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] x = new int[count][];
    for (int i = 0; i < count; i++) {
      x[i] = random.ints(random.nextInt(3, 9), 2, WORDS).toArray();
    }
    return x;
  }

  /** Many-to-one: a text is positive if the last of its words 2 and 3 is a 2. */
  @Test
  void sentimentManyToOne() {
    int[][] x = sentences(600, 1);
    int[] y = Arrays.stream(x).mapToInt(TextbookModelsTest::sentiment).toArray();

    SequentialModel model =
        SequentialModel.of(
            Input.ids(),
            1,
            new Embedding(WORDS, 8),
            new SimpleRnn(16),
            new Dense(1, Activation.SIGMOID));
    model.fit(x, y, FitConfig.defaults().epochs(20).rate(0.01f).clip(1));

    int[][] xTest = sentences(200, 2);
    int[] yTest = Arrays.stream(xTest).mapToInt(TextbookModelsTest::sentiment).toArray();
    assertThat(model.evaluate(xTest, yTest).accuracy()).isGreaterThan(0.95);
  }

  private static int sentiment(int[] text) {
    int last = 0;
    for (int word : text) {
      last = word <= 3 ? word : last;
    }
    return last == 2 ? 1 : 0;
  }

  /** Many-to-many: the tag of a word depends on whether the next word is greater. */
  @Test
  void taggingManyToMany() {
    int[][] x = sentences(600, 1);
    int[][] y = Arrays.stream(x).map(TextbookModelsTest::tags).toArray(int[][]::new);

    SequentialModel model =
        SequentialModel.of(
            Input.ids(),
            1,
            new Embedding(WORDS, 8),
            new Bidirectional(new Lstm(16).returnSequences(true)),
            new TimeDistributed(new Dense(3, Activation.SOFTMAX)));
    model.fit(x, y, FitConfig.defaults().epochs(15).rate(0.02f));

    int[][] xTest = sentences(200, 2);
    int[][] yTest = Arrays.stream(xTest).map(TextbookModelsTest::tags).toArray(int[][]::new);
    assertThat(model.evaluate(xTest, yTest).accuracy()).isGreaterThan(0.95);
  }

  /** 0 for the last word, 1 where the next word is greater, else 2. */
  private static int[] tags(int[] words) {
    int[] tags = new int[words.length];
    for (int t = 0; t + 1 < words.length; t++) {
      tags[t] = words[t + 1] > words[t] ? 1 : 2;
    }
    return tags;
  }

  /** Deep and bidirectional: a tag says whether the words on both sides are the same. */
  @Test
  void fourBidirectionalLayers() {
    int[][] words = sentences(400, 1);
    int[][] y = Arrays.stream(words).map(TextbookModelsTest::sides).toArray(int[][]::new);

    LayerSpec layer = new Bidirectional(new SimpleRnn(12).returnSequences(true));
    SequentialModel model =
        SequentialModel.of(
            Input.vectors(3), 1, layer, layer, layer, layer, new Dense(2, Activation.SOFTMAX));
    model.fit(oneHot(words), y, FitConfig.defaults().epochs(12).rate(0.01f).clip(1));

    int[][] wordsTest = sentences(200, 2);
    int[][] yTest = Arrays.stream(wordsTest).map(TextbookModelsTest::sides).toArray(int[][]::new);
    assertThat(model.evaluate(oneHot(wordsTest), yTest).accuracy()).isGreaterThan(0.95);
  }

  /** 1 where the words before and after are of the same kind. */
  private static int[] sides(int[] words) {
    int[] tags = new int[words.length];
    for (int t = 0; t < words.length; t++) {
      int before = t == 0 ? -1 : words[t - 1] % 3;
      int after = t + 1 == words.length ? -1 : words[t + 1] % 3;
      tags[t] = before == after ? 1 : 0;
    }
    return tags;
  }

  private static float[][][] oneHot(int[][] words) {
    float[][][] x = new float[words.length][][];
    for (int i = 0; i < x.length; i++) {
      x[i] = new float[words[i].length][3];
      for (int t = 0; t < x[i].length; t++) {
        x[i][t][words[i][t] % 3] = 1;
      }
    }
    return x;
  }
}
