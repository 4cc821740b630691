package io.github.rnnotator.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Text in which the next word depends on the words before it. */
final class TinyText {
  private static final String[][] WORDS = {
    {"the", "a", "every", "no"},
    {"red", "old", "small", "quick"},
    {"cat", "dog", "house", "Peter", "Oslo", "teacher"},
    {"sees", "finds", "likes", "leaves"},
    {"it", "him", "Anna", "Bergen"}
  };

  private TinyText() {}

  /** Writes a file of so many documents of 3 paragraphs, and returns it. */
  static Path write(Path file, int documents, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int document = 0; document < documents; document++) {
      for (int paragraph = 0; paragraph < 3; paragraph++) {
        int sentences = 1 + random.nextInt(4);
        for (int i = 0; i < sentences; i++) {
          for (String[] words : WORDS) {
            text.append(words[random.nextInt(words.length)]).append(' ');
          }
          text.append(i + 1 < sentences ? ". " : ".\n");
        }
      }
      text.append('\n');
    }
    return Files.writeString(file, text);
  }
}
