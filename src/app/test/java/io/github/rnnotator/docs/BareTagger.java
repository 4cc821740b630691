package io.github.rnnotator.docs;

import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Sentence;
import java.nio.file.Path;
import java.util.Arrays;

/** Tags its arguments after the first, which is the model file. */
final class BareTagger {
  private BareTagger() {}

  /** Prints a line of tags for each head. */
  public static void main(String[] args) throws Exception {
    Sentence sentence = Sentence.of(Arrays.asList(args).subList(1, args.length));
    Tagger.load(Path.of(args[0]))
        .tag(sentence)
        .tags()
        .values()
        .forEach(tags -> System.out.println(String.join(" ", tags.tags())));
  }
}
