package io.github.rnnotator.lucene;

import java.util.Map;
import org.apache.lucene.analysis.TokenFilterFactory;
import org.apache.lucene.analysis.TokenStream;

/**
 * Creates {@link RnnotatorNamesFilter}s.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code head}: the head that finds the names; default {@code ner}
 *   <li>{@code types}: the types to add, with the prefixes of their terms: {@code PER=person,
 *       ORG=company}; default all ({@link NameTerms#types})
 *   <li>{@code lowerCase}: whether names are in lower case; default {@code true}
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class RnnotatorNamesFilterFactory extends TokenFilterFactory {
  /** The name by which Lucene finds the factory. */
  public static final String NAME = "rnnotatorNames";

  private final NameTerms terms;

  /**
   * Creates a factory; called by Lucene.
   *
   * @throws IllegalArgumentException if a parameter is unknown or wrong
   */
  public RnnotatorNamesFilterFactory(Map<String, String> args) {
    super(args);
    NameTerms defaults = NameTerms.defaults();
    String types = get(args, "types");
    terms =
        defaults
            .head(get(args, "head", defaults.head()))
            .types(types == null ? defaults.types() : Parameters.types(types))
            .lowerCase(getBoolean(args, "lowerCase", defaults.lowerCase()));
    Parameters.requireNoOther(args);
  }

  /** For Lucene's list of services, which creates no instance. */
  public RnnotatorNamesFilterFactory() {
    throw defaultCtorException();
  }

  @Override
  public TokenStream create(TokenStream input) {
    return new RnnotatorNamesFilter(input, terms);
  }
}
