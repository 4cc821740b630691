package io.github.rnnotator.lucene;

import java.util.Map;
import org.apache.lucene.analysis.TokenFilterFactory;
import org.apache.lucene.analysis.TokenStream;

/**
 * Creates {@link RnnotatorLemmaFilter}s.
 *
 * <p>Parameter: {@code head}, default {@code lemma}. Thread-safe.
 */
public final class RnnotatorLemmaFilterFactory extends TokenFilterFactory {
  /** The name by which Lucene finds the factory. */
  public static final String NAME = "rnnotatorLemma";

  private final String head;

  /**
   * Creates a factory; called by Lucene.
   *
   * @throws IllegalArgumentException if a parameter is unknown
   */
  public RnnotatorLemmaFilterFactory(Map<String, String> args) {
    super(args);
    head = get(args, "head", "lemma");
    Parameters.requireNoOther(args);
  }

  /** For Lucene's list of services, which creates no instance. */
  public RnnotatorLemmaFilterFactory() {
    throw defaultCtorException();
  }

  @Override
  public TokenStream create(TokenStream input) {
    return new RnnotatorLemmaFilter(input, head);
  }
}
