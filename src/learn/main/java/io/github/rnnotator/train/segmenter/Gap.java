package io.github.rnnotator.train.segmenter;

/** What follows a token in a text. */
enum Gap {
  /** Nothing: the next token touches it. */
  NONE(""),
  /** A space. */
  SPACE(" "),
  /** A line break. */
  LINE("\n"),
  /** A blank line: the next token begins another paragraph. */
  PARAGRAPH("\n\n");

  private final String text;

  Gap(String text) {
    this.text = text;
  }

  /** The characters between the tokens. */
  String text() {
    return text;
  }
}
