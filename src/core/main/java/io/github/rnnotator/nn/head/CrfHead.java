package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A linear-chain conditional random field (Lafferty et al. 2001) over emissions {@code E = W x +
 * b}, as in Lample et al. 2016, equation 1:
 *
 * <pre>
 *   s(y) = start[y_0] + sum_t E_t[y_t] + sum_t transitions[y_(t-1), y_t] + end[y_(T-1)]
 *   p(y) = exp(s(y)) / sum over legal y' of exp(s(y'))
 * </pre>
 *
 * <p>Weights: kernel {@code W [inputDim x labels]} (Glorot uniform), bias {@code [1 x labels]},
 * transitions {@code [labels x labels]} from row to column, start and end {@code [1 x labels]} (all
 * 0). Weights of illegal transitions are never read or learned.
 *
 * <p>In training, a token without a label may have any, and one with a set of labels ({@link
 * LabelSets}) any of these: the loss is {@code -log} of the summed probability of all sequences
 * that agree with what is known (Tsuboi et al. 2008, "Training Conditional Random Fields Using
 * Incomplete Annotations", equation 5). Its gradient is that of the expected counts of all
 * sequences less those of the sequences that agree. Sentences without labels, or whose labels no
 * legal sequence agrees with, are skipped.
 *
 * <p>With a margin, the loss uses {@code s(y) + margin * (wrong labels of y)}: the more errors a
 * sequence has, the further the gold sequence must outscore it (softmax-margin, Gimpel &amp; Smith
 * 2010, equation 8).
 *
 * <p>Decoding gives the best legal sequence (Viterbi 1967) and the marginal probability of each of
 * its labels: the sum over all sequences with that label there. If no sequence of a sentence's
 * length is legal, all are.
 */
public final class CrfHead implements Head {
  /** The score of an illegal transition: low enough to lose against any number of legal ones. */
  public static final float ILLEGAL = LabelChain.ILLEGAL;

  private final Layer emissions;
  private final Parameter transitions;
  private final Parameter start;
  private final Parameter end;
  private final Constraints constraints;
  private final float margin;

  private CrfHead(
      Layer emissions,
      Parameter transitions,
      Parameter start,
      Parameter end,
      Constraints constraints,
      float margin) {
    this.emissions = emissions;
    this.transitions = transitions;
    this.start = start;
    this.end = end;
    this.constraints = constraints;
    this.margin = margin;
  }

  /**
   * Defines which sequences are legal.
   *
   * @param transitions whether the second label may follow the first
   * @param starts whether a sentence may start with a label
   * @param ends whether a sentence may end with a label
   */
  public record Constraints(boolean[][] transitions, boolean[] starts, boolean[] ends) {
    /** Checks that all have the same number of labels. */
    public Constraints {
      int labels = starts.length;
      if (ends.length != labels
          || transitions.length != labels
          || Arrays.stream(transitions).anyMatch(row -> row.length != labels)) {
        throw new IllegalArgumentException(
            "constraints of "
                + labels
                + " starts, "
                + ends.length
                + " ends and "
                + transitions.length
                + " rows of transitions, expected equal sizes and square transitions");
      }
    }

    /** Constraints that allow every sequence. */
    public static Constraints none(int labels) {
      boolean[] all = new boolean[labels];
      Arrays.fill(all, true);
      boolean[][] transitions = new boolean[labels][];
      Arrays.setAll(transitions, i -> all.clone());
      return new Constraints(transitions, all, all.clone());
    }
  }

  /** Builds a head with fresh weights for the labels of the constraints, without a margin. */
  public static CrfHead build(
      String name, int inputDim, Constraints constraints, RandomGenerator random) {
    return build(name, inputDim, constraints, 0, random);
  }

  /**
   * Builds a head with fresh weights for the labels of the constraints.
   *
   * @param margin added to a sequence's score in the loss for each wrong label
   */
  public static CrfHead build(
      String name, int inputDim, Constraints constraints, float margin, RandomGenerator random) {
    int labels = constraints.starts().length;
    return new CrfHead(
        new Dense(labels).build(name, inputDim, random),
        Parameter.dense(name + ".transitions", new FMatrixRMaj(labels, labels)),
        Parameter.dense(name + ".start", new FMatrixRMaj(1, labels)),
        Parameter.dense(name + ".end", new FMatrixRMaj(1, labels)),
        constraints,
        margin);
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(emissions.parameters());
    all.addAll(List.of(transitions, start, end));
    return List.copyOf(all);
  }

  /** {@inheritDoc} Transitions, starts and ends are part of a sequence's score as well. */
  @Override
  public void divideLogits(float temperature, Ops ops) {
    LogitScale.divide(parameters(), temperature, ops);
  }

  @Override
  public Loss loss(SequenceBatch x, int[] gold, float weight, PassContext pass) {
    return loss(x, gold, LabelSets.NONE, weight, pass);
  }

  /**
   * Computes the loss of labels that may be known only in part.
   *
   * @param gold as in {@link Head#loss}; a value {@code labels + k} means any label of set {@code
   *     k}
   */
  public Loss loss(SequenceBatch x, int[] gold, LabelSets sets, float weight, PassContext pass) {
    Layer.Output emitted = emissions.forward(x, pass);
    Packing packing = x.packing();
    int labels = emitted.y().dim();
    GoldLabels known = new GoldLabels(gold, labels, sets);
    SequenceBatch scores = withMargin(emitted.y(), known, pass);
    LabelChain chain = chain(constraints, packing, pass);
    ChainGradients d = ChainGradients.zeros(packing.tokens(), labels, pass);
    double sum = 0;
    for (int sentence = 0; sentence < packing.sequences(); sentence++) {
      if (!known.isKnown(packing, sentence)) {
        continue;
      }
      boolean exact = known.isExact(packing, sentence);
      chain.read(scores, sentence);
      double goldScore;
      if (exact) {
        goldScore = known.score(chain, packing, sentence);
      } else {
        known.restrict(chain, packing, sentence);
        goldScore = chain.logPartition();
      }
      if (!LabelChain.isLegal(goldScore)) {
        continue;
      }
      if (exact) {
        known.count(packing, sentence, d);
      } else {
        chain.addExpected(-1, packing, sentence, d);
        chain.read(scores, sentence);
      }
      sum += chain.logPartition() - goldScore;
      chain.addExpected(1, packing, sentence, d);
    }
    pass.ops().scale(weight, d.dScores().data, 0, packing.tokens() * labels);
    return new Loss(
        sum,
        (ignored, gradients) -> {
          add(weight, d.dTransitions(), gradients.of(transitions), pass);
          add(weight, d.dStart(), gradients.of(start), pass);
          add(weight, d.dEnd(), gradients.of(end), pass);
          return emitted.backprop().apply(d.dScores(), gradients);
        });
  }

  /**
   * Adds the margin to the emissions of wrong labels: the scores of sequences that agree with the
   * gold labels are unchanged, and any other's rises by the margin per error.
   */
  private SequenceBatch withMargin(SequenceBatch scores, GoldLabels gold, PassContext pass) {
    if (margin == 0) {
      return scores;
    }
    int labels = scores.dim();
    int rows = scores.packing().tokens();
    FMatrixRMaj raised = pass.matrix(rows, labels);
    for (int row = 0; row < rows; row++) {
      for (int label = 0; label < labels; label++) {
        int at = row * labels + label;
        raised.data[at] = scores.values().data[at] + (gold.allows(row, label) ? 0 : margin);
      }
    }
    return new SequenceBatch(scores.packing(), raised);
  }

  private static void add(float weight, FMatrixRMaj part, FMatrixRMaj sum, PassContext pass) {
    pass.ops().addScaled(weight, part.data, 0, sum.data, 0, sum.numRows * sum.numCols);
  }

  /** {@inheritDoc} If no sequence of a sentence's length is legal, all are. */
  @Override
  public FMatrixRMaj probabilities(SequenceBatch x, PassContext pass) {
    SequenceBatch scores = emissions.forward(x, pass).y();
    Packing packing = x.packing();
    int labels = scores.dim();
    LabelChain legal = chain(constraints, packing, pass);
    FMatrixRMaj all = pass.matrix(packing.tokens(), labels);
    int[] best = new int[packing.timesteps()];
    for (int sentence = 0; sentence < packing.sequences(); sentence++) {
      LabelChain chain = legal;
      chain.read(scores, sentence);
      if (!LabelChain.isLegal(chain.viterbi(best))) {
        chain = chain(Constraints.none(labels), packing, pass);
        chain.read(scores, sentence);
      }
      float[] p = chain.probabilities().data;
      for (int t = 0; t < packing.length(sentence); t++) {
        int row = packing.row(sentence, t);
        System.arraycopy(p, t * labels, all.data, row * labels, labels);
      }
    }
    return all;
  }

  @Override
  public Decoded decode(SequenceBatch x, PassContext pass) {
    SequenceBatch scores = emissions.forward(x, pass).y();
    Packing packing = x.packing();
    int labels = scores.dim();
    LabelChain legal = chain(constraints, packing, pass);
    @Nullable LabelChain unconstrained = null;
    int[] decoded = new int[packing.tokens()];
    float[] probabilities = new float[packing.tokens()];
    int[] best = new int[packing.timesteps()];
    for (int sentence = 0; sentence < packing.sequences(); sentence++) {
      LabelChain chain = legal;
      chain.read(scores, sentence);
      if (!LabelChain.isLegal(chain.viterbi(best))) {
        if (unconstrained == null) {
          unconstrained = chain(Constraints.none(labels), packing, pass);
        }
        chain = unconstrained;
        chain.read(scores, sentence);
        chain.viterbi(best);
      }
      float[] p = chain.probabilities().data;
      for (int t = 0; t < packing.length(sentence); t++) {
        int row = packing.row(sentence, t);
        decoded[row] = best[t];
        probabilities[row] = p[t * labels + best[t]];
      }
    }
    return new Decoded(decoded, probabilities);
  }

  /** {@inheritDoc} Illegal sequences are excluded unless all are illegal. */
  @Override
  public List<List<Ranked>> nBest(SequenceBatch x, int n, PassContext pass) {
    if (n < 1) {
      throw new IllegalArgumentException(n + " best sequences, expected at least 1");
    }
    SequenceBatch scores = emissions.forward(x, pass).y();
    Packing packing = x.packing();
    LabelChain legal = chain(constraints, packing, pass);
    List<List<Ranked>> ranked = new ArrayList<>();
    for (int sentence = 0; sentence < packing.sequences(); sentence++) {
      LabelChain chain = legal;
      chain.read(scores, sentence);
      double partition = chain.logPartition();
      if (!LabelChain.isLegal(partition)) {
        chain = chain(Constraints.none(scores.dim()), packing, pass);
        chain.read(scores, sentence);
        partition = chain.logPartition();
      }
      float[] p = chain.marginals().data.clone();
      List<Ranked> best = new ArrayList<>();
      for (BestSequences.Scored sequence : new BestSequences(chain).best(n)) {
        float[] probabilities = new float[sequence.labels().length];
        for (int t = 0; t < probabilities.length; t++) {
          probabilities[t] = p[t * scores.dim() + sequence.labels()[t]];
        }
        best.add(new Ranked(sequence.labels(), probabilities, sequence.score() - partition));
      }
      ranked.add(best);
    }
    return ranked;
  }

  /** Builds the chain of the weights, with illegal transitions masked. */
  private LabelChain chain(Constraints legal, Packing packing, PassContext pass) {
    int labels = legal.starts().length;
    FMatrixRMaj moves = pass.matrix(labels, labels);
    FMatrixRMaj first = pass.matrix(1, labels);
    FMatrixRMaj last = pass.matrix(labels, 1);
    for (int i = 0; i < labels; i++) {
      for (int j = 0; j < labels; j++) {
        int at = i * labels + j;
        moves.data[at] =
            legal.transitions()[i][j] ? transitions.value().data[at] : LabelChain.ILLEGAL;
      }
      first.data[i] = legal.starts()[i] ? start.value().data[i] : LabelChain.ILLEGAL;
      last.data[i] = legal.ends()[i] ? end.value().data[i] : LabelChain.ILLEGAL;
    }
    return new LabelChain(moves, first, last, packing.timesteps(), pass);
  }
}
