package io.github.rnnotator.opennlp;

import io.github.rnnotator.tagger.RankedTags;
import io.github.rnnotator.tagger.Tagger;
import opennlp.tools.ml.Probabilistic;
import opennlp.tools.postag.POSTagger;
import opennlp.tools.util.Sequence;

/**
 * A part-of-speech tagger with OpenNLP's interface.
 *
 * <pre>{@code
 * POSTagger tagger = new RnnotatorPosTagger(Tagger.load(Path.of("english.rnn")), "upos");
 * String[] tags = tagger.tag(new String[] {"She", "reads", "books"});
 * }</pre>
 *
 * <p>May be shared by any number of threads: {@link #probs} refers to the last sentence of the
 * calling thread.
 */
public final class RnnotatorPosTagger implements POSTagger, Probabilistic {
  /** The number of sequences that OpenNLP's own tagger returns by default. */
  private static final int SEQUENCES = 3;

  private final HeadTagger tagger;
  private final int sequences;

  /**
   * Creates a tagger from one head of a model.
   *
   * @param head its name, such as {@code upos}
   * @throws IllegalArgumentException if the model has no such head
   */
  public RnnotatorPosTagger(Tagger tagger, String head) {
    this(tagger, head, SEQUENCES);
  }

  /**
   * Creates a tagger from one head of a model.
   *
   * @param sequences the maximum number from {@link #topKSequences}, at least 1
   * @throws IllegalArgumentException if the model has no such head
   */
  public RnnotatorPosTagger(Tagger tagger, String head, int sequences) {
    if (sequences < 1) {
      throw new IllegalArgumentException(sequences + " sequences, expected at least 1");
    }
    this.tagger = new HeadTagger(tagger, head);
    this.sequences = sequences;
  }

  @Override
  public String[] tag(String[] sentence) {
    return tagger.tag(sentence).tags().toArray(String[]::new);
  }

  /** As above; the context is ignored, since the network has its own. */
  @Override
  public String[] tag(String[] sentence, Object[] additionalContext) {
    return tag(sentence);
  }

  /**
   * Returns the best tag sequences, the most probable first. Their tags have marginal
   * probabilities, and the score is the sum of their logarithms.
   */
  @Override
  public Sequence[] topKSequences(String[] sentence) {
    if (sentence.length == 0) {
      return new Sequence[] {new Sequence()};
    }
    return tagger.tagger().best(OpenNlpTokens.sentence(sentence), tagger.head(), sequences).stream()
        .map(RnnotatorPosTagger::sequence)
        .toArray(Sequence[]::new);
  }

  /** As above; the context is ignored. */
  @Override
  public Sequence[] topKSequences(String[] sentence, Object[] additionalContext) {
    return topKSequences(sentence);
  }

  private static Sequence sequence(RankedTags ranked) {
    Sequence sequence = new Sequence();
    for (int i = 0; i < ranked.tags().size(); i++) {
      sequence.add(ranked.tags().tag(i), ranked.tags().probabilities().get(i));
    }
    return sequence;
  }

  /**
   * Returns the probability of each tag of the last {@link #tag} on this thread; none before it.
   */
  @Override
  public double[] probs() {
    return tagger.lastProbabilities();
  }
}
