package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.nn.head.CrfHead;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.SoftmaxHead;
import io.github.rnnotator.nn.optimizer.Optimizer;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * End to end: networks that learn to tag. A token is one of four words, and its tag is whether the
 * previous and the next word are the same (word 0 past both ends), which no network can learn in
 * one direction only.
 */
class LearningTest {
  private static final int WORDS = 4;

  @Test
  void bidirectionalSimpleRnnsLearnTagOfBothNeighbours() {
    LayerSpec layer = new Bidirectional(new SimpleRnn(24).returnSequences(true));
    assertThat(accuracyAfterTraining(layer, layer)).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void forwardLayersCannotSeeTheNextWord() {
    LayerSpec layer = new SimpleRnn(24).returnSequences(true);
    // Always predicting "different" is right three times out of four.
    assertThat(accuracyAfterTraining(layer, layer)).isLessThan(0.85);
  }

  @Test
  void sameSeedGivesSameResult() {
    LayerSpec layer = new Bidirectional(new Gru(5).returnSequences(true).recurrentDropout(0.2f));
    assertThat(weights(layer)).isEqualTo(weights(layer));
  }

  private static List<Float> weights(LayerSpec layer) {
    Tagger tagger = new Tagger(layer);
    tagger.train(5);
    List<Float> all = new ArrayList<>();
    for (Parameter parameter : tagger.parameters) {
      for (float value : parameter.value().data) {
        all.add(value);
      }
    }
    return all;
  }

  private static double accuracyAfterTraining(LayerSpec... layers) {
    Tagger tagger = new Tagger(layers);
    tagger.train(400);
    return tagger.accuracy();
  }

  private static final class Tagger {
    private final Ops ops = Ops.best();
    private final Workspace workspace = new Workspace();
    private final Sequential network;
    private final SoftmaxHead head;
    private final List<Parameter> parameters = new ArrayList<>();

    Tagger(LayerSpec... layers) {
      network = Sequential.of(WORDS, 1, layers);
      head = SoftmaxHead.build("head", network.outputDim(), 2, 0, new SplittableRandom(2));
      parameters.addAll(network.parameters());
      parameters.addAll(head.parameters());
    }

    void train(int steps) {
      SplittableRandom random = new SplittableRandom(3);
      Optimizer optimizer = new Optimizer(new Optimizer.Adam(), parameters, ops);
      Gradients gradients = new Gradients(parameters);
      for (int step = 0; step < steps; step++) {
        Example batch = Example.random(random);
        gradients.clear();
        workspace.reset();
        PassContext pass = PassContext.training(ops, workspace, step);
        Layer.Output output = network.forward(batch.x, pass);
        Head.Loss loss = head.loss(output.y(), batch.gold, 1f / batch.gold.length, pass);
        FMatrixRMaj d = loss.backprop().apply(new FMatrixRMaj(0, 0), gradients);
        output.backprop().apply(d, gradients);
        optimizer.step(gradients, (float) Math.min(1, 1 / gradients.norm(ops)), 0.01f);
      }
    }

    double accuracy() {
      SplittableRandom random = new SplittableRandom(4);
      int right = 0;
      int all = 0;
      for (int i = 0; i < 20; i++) {
        Example batch = Example.random(random);
        workspace.reset();
        PassContext pass = PassContext.inference(ops, workspace);
        int[] labels = head.decode(network.forward(batch.x, pass).y(), pass).labels();
        for (int row = 0; row < labels.length; row++) {
          right += labels[row] == batch.gold[row] ? 1 : 0;
        }
        all += labels.length;
      }
      return right / (double) all;
    }
  }

  /** Sentences of one-hot words with their tags. */
  private record Example(SequenceBatch x, int[] gold) {
    static Example random(SplittableRandom random) {
      int[] lengths = Samples.lengths(16, 10, random);
      Packing packing = Packing.of(lengths);
      FMatrixRMaj x = new FMatrixRMaj(packing.tokens(), WORDS);
      int[] gold = new int[packing.tokens()];
      for (int sentence = 0; sentence < lengths.length; sentence++) {
        int[] words = new int[lengths[sentence] + 2];
        for (int t = 1; t <= lengths[sentence]; t++) {
          words[t] = random.nextInt(WORDS);
        }
        for (int t = 0; t < lengths[sentence]; t++) {
          int row = packing.row(sentence, t);
          x.set(row, words[t + 1], 1);
          gold[row] = words[t] == words[t + 2] ? 1 : 0;
        }
      }
      return new Example(new SequenceBatch(packing, x), gold);
    }
  }

  @Test
  void crfLearnsTransitionsThatWordsDoNotShow() {
    CrfHead head =
        CrfHead.build("head", WORDS, CrfHead.Constraints.none(3), new SplittableRandom(5));
    assertThat(accuracyInCycles(head)).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void independentLabelsCannotLearnTransitions() {
    SoftmaxHead head = SoftmaxHead.build("head", WORDS, 3, 0, new SplittableRandom(5));
    // One token in three to five is known by its word; of the others one in three is right by
    // chance.
    assertThat(accuracyInCycles(head)).isLessThan(0.6);
  }

  /**
   * Labels cycle, {@code 0 1 2 0 1 2}, from any start; one word of a sentence reveals its label,
   * the others are identical.
   */
  private static double accuracyInCycles(Head head) {
    Ops ops = Ops.best();
    Optimizer optimizer = new Optimizer(new Optimizer.Adam(), head.parameters(), ops);
    Gradients gradients = new Gradients(head.parameters());
    SplittableRandom random = new SplittableRandom(6);
    for (int step = 0; step < 300; step++) {
      Example batch = cycles(random);
      gradients.clear();
      PassContext pass = PassContext.training(ops, new Workspace(), step);
      Head.Loss loss = head.loss(batch.x, batch.gold, 1f / batch.gold.length, pass);
      loss.backprop().apply(new FMatrixRMaj(0, 0), gradients);
      optimizer.step(gradients, 1, 0.05f);
    }
    Example test = cycles(random);
    PassContext pass = PassContext.inference(ops, new Workspace());
    int[] labels = head.decode(test.x, pass).labels();
    int right = 0;
    for (int row = 0; row < labels.length; row++) {
      right += labels[row] == test.gold[row] ? 1 : 0;
    }
    return right / (double) labels.length;
  }

  private static Example cycles(SplittableRandom random) {
    int[] lengths = new int[32];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = 3 + random.nextInt(3);
    }
    Packing packing = Packing.of(lengths);
    FMatrixRMaj x = new FMatrixRMaj(packing.tokens(), WORDS);
    int[] gold = new int[packing.tokens()];
    for (int sentence = 0; sentence < lengths.length; sentence++) {
      int first = random.nextInt(3);
      int told = random.nextInt(lengths[sentence]);
      for (int t = 0; t < lengths[sentence]; t++) {
        int row = packing.row(sentence, t);
        gold[row] = (first + t) % 3;
        x.set(row, t == told ? gold[row] : 3, 1);
      }
    }
    return new Example(new SequenceBatch(packing, x), gold);
  }
}
