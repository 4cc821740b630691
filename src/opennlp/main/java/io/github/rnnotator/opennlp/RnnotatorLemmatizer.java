package io.github.rnnotator.opennlp;

import io.github.rnnotator.tagger.RankedTags;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import opennlp.tools.lemmatizer.Lemmatizer;
import opennlp.tools.ml.Probabilistic;

/**
 * A lemmatizer with OpenNLP's interface.
 *
 * <pre>{@code
 * Lemmatizer lemmatizer = new RnnotatorLemmatizer(Tagger.load(Path.of("english.rnn")), "lemma");
 * String[] lemmas = lemmatizer.lemmatize(new String[] {"She", "reads"}, new String[] {"PRON", "VERB"});
 * }</pre>
 *
 * <p>The given parts of speech are ignored, since the network finds its own. May be shared by any
 * number of threads: {@link #probs} refers to the last sentence of the calling thread.
 */
public final class RnnotatorLemmatizer implements Lemmatizer, Probabilistic {
  /** How many lemmas a word may have in {@link #lemmatize(List, List)}. */
  private static final int MOST = 3;

  private final HeadTagger tagger;

  /**
   * Creates a lemmatizer from one head of a model.
   *
   * @param head its name, such as {@code lemma}
   * @throws IllegalArgumentException if the model has no such head
   */
  public RnnotatorLemmatizer(Tagger tagger, String head) {
    this.tagger = new HeadTagger(tagger, head);
  }

  /** Returns the lemma of each token; an empty or blank token is its own lemma. */
  @Override
  public String[] lemmatize(String[] tokens, String[] tags) {
    TagSequence predicted = tagger.tag(tokens);
    String[] lemmas = new String[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      lemmas[i] = OpenNlpTokens.lemma(tokens[i], predicted.tag(i));
    }
    return lemmas;
  }

  /** Returns the lemmas of each token in the best sequences, the best first. */
  @Override
  public List<List<String>> lemmatize(List<String> tokens, List<String> tags) {
    if (tokens.isEmpty()) {
      return List.of();
    }
    List<TagSequence> best =
        tagger
            .tagger()
            .best(OpenNlpTokens.sentence(tokens.toArray(String[]::new)), tagger.head(), MOST)
            .stream()
            .map(RankedTags::tags)
            .toList();
    List<List<String>> lemmas = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Set<String> distinct = new LinkedHashSet<>();
      for (TagSequence sequence : best) {
        distinct.add(OpenNlpTokens.lemma(tokens.get(i), sequence.tag(i)));
      }
      lemmas.add(List.copyOf(distinct));
    }
    return lemmas;
  }

  /**
   * Returns the probability of each lemma of the last {@link #lemmatize(String[], String[])} on
   * this thread; none before it.
   */
  @Override
  public double[] probs() {
    return tagger.lastProbabilities();
  }
}
