package io.github.rnnotator.segment;

/**
 * Segments languages that need more than rules. Found by {@link java.util.ServiceLoader}: a jar
 * that has one names it in {@code META-INF/services} or its {@code module-info}.
 */
public interface SegmenterProvider {
  /**
   * Whether it segments a language.
   *
   * @param language an ISO 639 code in lower case, such as {@code en}
   */
  boolean supports(String language);

  /**
   * Creates a segmenter, in which a blank line ends a sentence and a single line break does not.
   *
   * @param language a language that it supports
   */
  TextSegmenter segmenter(String language);
}
