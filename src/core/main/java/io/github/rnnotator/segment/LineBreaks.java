package io.github.rnnotator.segment;

/** What a line break in a document means. */
public enum LineBreaks {
  /** A blank line ends a sentence; a single line break is a space. For running text. */
  WRAP,
  /** Every line break ends a sentence. For text with one sentence, title or message per line. */
  END_SENTENCE
}
