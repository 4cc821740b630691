package io.github.rnnotator.opennlp;

import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.Arrays;
import java.util.List;
import opennlp.tools.ml.Probabilistic;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinder;
import opennlp.tools.util.Span;

/**
 * A name finder with OpenNLP's interface.
 *
 * <pre>{@code
 * TokenNameFinder finder = new RnnotatorNameFinder(Tagger.load(Path.of("english.rnn")), "ner");
 * Span[] names = finder.find(new String[] {"Ada", "lives", "in", "Redmere"});
 * }</pre>
 *
 * <p>May be shared by any number of threads: {@link #probs()} refers to the last sentence of the
 * calling thread.
 */
public final class RnnotatorNameFinder implements TokenNameFinder, Probabilistic {
  private final HeadTagger tagger;
  private final TagScheme scheme;

  /**
   * Creates a finder from one head of a model: of named entities, or of chunks of another kind.
   *
   * @param head its name, such as {@code ner}
   * @throws IllegalArgumentException if the model has no such head, or its tags are not chunk tags
   */
  public RnnotatorNameFinder(Tagger tagger, String head) {
    this.tagger = new HeadTagger(tagger, head);
    TagScheme scheme = tagger.model().schemes().get(head);
    if (scheme == null) {
      throw new IllegalArgumentException(
          "the tags of head '"
              + head
              + "' are not chunk tags; heads with chunk tags are "
              + tagger.model().schemes().keySet());
    }
    this.scheme = scheme;
  }

  /**
   * Returns the names in a sentence, in order. Each has its type ({@code default} if the model has
   * none) and the mean probability of its tokens, as with OpenNLP's own finder.
   */
  @Override
  public Span[] find(String[] tokens) {
    TagSequence tags = tagger.tag(tokens);
    return scheme.mentions(tags.tags()).stream()
        .map(mention -> span(mention, tags.probabilities()))
        .toArray(Span[]::new);
  }

  /**
   * Returns the names in a sentence by their characters. In Korean, where a particle follows a name
   * without a space, a name ends before it.
   *
   * @param text the text of the sentence
   * @param tokens the tokens by their characters, as {@code Tokenizer.tokenizePos} returns them
   */
  public Span[] find(CharSequence text, Span[] tokens) {
    TaggedSentence tagged = tagger.tagged(Span.spansToStrings(tokens, text)).orElse(null);
    if (tagged == null) {
      return new Span[0];
    }
    List<Float> probabilities = tagged.tags(tagger.head()).probabilities();
    return tagged.mentions(tagger.head(), scheme).stream()
        .map(
            mention -> {
              Span named = span(mention, probabilities);
              int end = tokens[named.getEnd() - 1].getEnd();
              end -= mention.tail(tagged.sentence()).length();
              return new Span(
                  tokens[named.getStart()].getStart(), end, named.getType(), named.getProb());
            })
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
   * Ends a document, after which earlier sentences have no influence. Clears {@link #probs()} too.
   */
  @Override
  public void clearAdaptiveData() {
    tagger.clear();
  }

  /**
   * Returns the probability of the tag of each token of the last sentence of {@link #find} on this
   * thread; none before it and after {@link #clearAdaptiveData}.
   */
  @Override
  public double[] probs() {
    return tagger.lastProbabilities();
  }

  /** Returns the probability of each of these names, which come from {@link #find}. */
  public double[] probs(Span[] names) {
    return Arrays.stream(names).mapToDouble(Span::getProb).toArray();
  }
}
