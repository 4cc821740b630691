package io.github.rnnotator.opennlp;

import io.github.rnnotator.tagger.RankedTags;
import io.github.rnnotator.tagger.Tagger;
import opennlp.tools.ml.Probabilistic;
import opennlp.tools.postag.POSTagger;
import opennlp.tools.util.Sequence;

/**
 * A part-of-speech tagger for OpenNLP's programs.
 *
 * <pre>{@code
 * POSTagger tagger = new RnnotatorPosTagger(Tagger.load(Path.of("english.rnn")), "upos");
 * String[] tags = tagger.tag(new String[] {"She", "reads", "books"});
 * }</pre>
 *
 * <p>May be shared by any number of threads: {@link #probs} speaks of the last sentence of the
 * calling thread.
 */
public final class RnnotatorPosTagger implements POSTagger, Probabilistic {
  /** As many sequences as OpenNLP's own tagger gives by default. */
  private static final int SEQUENCES = 3;

  private final HeadTagger tagger;
  private final int sequences;

  /**
   * A tagger of one head of a model.
   *
   * @param head its name, such as {@code upos}
   * @throws IllegalArgumentException if the model has no such head
   */
  public RnnotatorPosTagger(Tagger tagger, String head) {
    this(tagger, head, SEQUENCES);
  }

  /**
   * A tagger of one head of a model.
   *
   * @param sequences how many {@link #topKSequences} gives at most, at least 1
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

  /** The same as without a context: the network has its own. */
  @Override
  public String[] tag(String[] sentence, Object[] additionalContext) {
    return tag(sentence);
  }

  /**
   * The best sequences of tags, the most probable first. A tag's probability in them is what it has
   * whatever the other tags are, and the score is the sum of their logarithms.
   */
  @Override
  public Sequence[] topKSequences(String[] sentence) {
    if (sentence.length == 0) {
      return new Sequence[] {new Sequence()};
    }
    return tagger.tagger().best(Forms.sentence(sentence), tagger.head(), sequences).stream()
        .map(RnnotatorPosTagger::sequence)
        .toArray(Sequence[]::new);
  }

  /** The same as without a context. */
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

  /** The probability of each tag that {@link #tag} last gave to this thread; none before. */
  @Override
  public double[] probs() {
    return tagger.lastProbabilities();
  }
}
