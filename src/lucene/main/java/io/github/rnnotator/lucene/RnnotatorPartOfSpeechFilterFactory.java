package io.github.rnnotator.lucene;

import io.github.rnnotator.lucene.RnnotatorPartOfSpeechFilter.Target;
import java.util.Map;
import org.apache.lucene.analysis.TokenFilterFactory;
import org.apache.lucene.analysis.TokenStream;

/**
 * Creates {@link RnnotatorPartOfSpeechFilter}s.
 *
 * <p>Parameters: {@code head}, default {@code upos}; {@code as}, {@code type} (the default) or
 * {@code payload}. Thread-safe.
 */
public final class RnnotatorPartOfSpeechFilterFactory extends TokenFilterFactory {
  /** The name by which Lucene finds the factory. */
  public static final String NAME = "rnnotatorPartOfSpeech";

  private final String head;
  private final Target target;

  /**
   * Creates a factory; called by Lucene.
   *
   * @throws IllegalArgumentException if a parameter is unknown or wrong
   */
  public RnnotatorPartOfSpeechFilterFactory(Map<String, String> args) {
    super(args);
    head = get(args, "head", "upos");
    target = Parameters.choice(Target.class, "as", get(args, "as", "type"));
    Parameters.requireNoOther(args);
  }

  /** For Lucene's list of services, which creates no instance. */
  public RnnotatorPartOfSpeechFilterFactory() {
    throw defaultCtorException();
  }

  @Override
  public TokenStream create(TokenStream input) {
    return new RnnotatorPartOfSpeechFilter(input, head, target);
  }
}
