package io.github.rnnotator.opennlp;

import io.github.rnnotator.text.WhiteSpace;

/**
 * Text as passed to OpenNLP's sentence detector, at the same offsets: every blank is a space, and a
 * run without blanks longer than any word is replaced by filler, since OpenNLP's time and memory
 * grow with the square of its length.
 */
final class OpenNlpInput {
  /** Longer runs are not words. */
  static final int LONGEST_RUN = 1000;

  private OpenNlpInput() {}

  static String of(String text) {
    StringBuilder input = new StringBuilder(WhiteSpace.toSpaces(text));
    int run = 0;
    for (int i = 0; i <= input.length(); i++) {
      if (i == input.length() || input.charAt(i) == ' ') {
        if (i - run > LONGEST_RUN) {
          input.replace(run, i, "x".repeat(i - run));
        }
        run = i + 1;
      }
    }
    return input.toString();
  }
}
