package io.github.rnnotator.opennlp;

import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import java.util.Arrays;
import java.util.List;
import opennlp.tools.ml.Probabilistic;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinder;
import opennlp.tools.util.Span;

/**
 * A name finder for OpenNLP's programs.
 *
 * <pre>{@code
 * TokenNameFinder finder = new RnnotatorNameFinder(Tagger.load(Path.of("english.rnn")), "ner");
 * Span[] names = finder.find(new String[] {"Ada", "lives", "in", "Redmere"});
 * }</pre>
 *
 * <p>May be shared by any number of threads: {@link #probs()} speaks of the last sentence of the
 * calling thread.
 */
public final class RnnotatorNameFinder implements TokenNameFinder, Probabilistic {
  private final HeadTagger tagger;
  private final TagScheme scheme;

  /**
   * A finder of what one head of a model finds: named entities, or chunks of any other kind.
   *
   * @param head its name, such as {@code ner}
   * @throws IllegalArgumentException if the model has no such head, or one whose tags are no chunks
   */
  public RnnotatorNameFinder(Tagger tagger, String head) {
    this.tagger = new HeadTagger(tagger, head);
    TagScheme scheme = tagger.model().schemes().get(head);
    if (scheme == null) {
      throw new IllegalArgumentException(
          "the tags of head '"
              + head
              + "' are no chunks; heads with chunks are "
              + tagger.model().schemes().keySet());
    }
    this.scheme = scheme;
  }

  /**
   * The names in a sentence, in order. Each has its type ({@code default} where the model has none)
   * and as its probability the mean of those of its tokens, as OpenNLP's own finder gives it.
   */
  @Override
  public Span[] find(String[] tokens) {
    TagSequence tags = tagger.tag(tokens);
    return scheme.mentions(tags.tags()).stream()
        .map(mention -> span(mention, tags.probabilities()))
        .toArray(Span[]::new);
  }

  private static Span span(Mention mention, List<Float> probabilities) {
    int begin = mention.span().begin();
    int end = mention.span().end();
    double sum = 0;
    for (float probability : probabilities.subList(begin, end)) {
      sum += probability;
    }
    String type = mention.type().isEmpty() ? NameSample.DEFAULT_TYPE : mention.type();
    return new Span(begin, end, type, sum / (end - begin));
  }

  /**
   * The end of a document, and with it of what earlier sentences could tell. Forgets {@link
   * #probs()} too.
   */
  @Override
  public void clearAdaptiveData() {
    tagger.clear();
  }

  /**
   * The probability of the tag of each token of the sentence that {@link #find} last saw on this
   * thread; none before and after {@link #clearAdaptiveData}.
   */
  @Override
  public double[] probs() {
    return tagger.lastProbabilities();
  }

  /** The probability of each of these names, as {@link #find} gave them. */
  public double[] probs(Span[] names) {
    return Arrays.stream(names).mapToDouble(Span::getProb).toArray();
  }
}
