package io.github.rnnotator.bench;

import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.text.SurfaceToken;
import io.github.rnnotator.text.TaggedSentence;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code corpus}: makes a large corpus from a small one. */
@Command(
    name = "corpus",
    description = {
      "Writes the text of a CoNLL-U file again and again, each time with other names: proper nouns get"
          + " an ending that depends on the round.",
      "Writes one paragraph per document of 20 sentences, in files of 10 MB."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  scripts/benchmark corpus --from en-train.conllu --bytes 1e9 -o texts"
    })
final class CorpusCommand implements Callable<Integer> {
  private static final int FILE = 10_000_000;
  private static final int DOCUMENT = 20;

  @Option(names = "--from", required = true, paramLabel = "FILE", description = "CoNLL-U.")
  private Path from;

  @Option(names = "--bytes", defaultValue = "1e9", description = "Default: ${DEFAULT-VALUE}.")
  private double bytes;

  @Option(names = "-o", required = true, paramLabel = "FOLDER", description = "A new folder.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    List<TaggedSentence> sentences = new CorpusFormat.Conllu(Map.of("upos", "upos")).read(from);
    Files.createDirectory(output);
    Random random = new Random(1);
    long left = (long) bytes;
    int next = 0;
    for (int file = 0; left > 0; file++) {
      Path path = output.resolve(String.format("part-%04d.txt", file));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
        for (long room = Math.min(left, FILE); room > 0; next++) {
          TaggedSentence sentence = sentences.get(next % sentences.size());
          String end = next % DOCUMENT == DOCUMENT - 1 ? "\n\n" : " ";
          byte[] text = (text(sentence, random) + end).getBytes(StandardCharsets.UTF_8);
          out.write(text);
          room -= text.length;
          left -= text.length;
        }
      }
    }
    return 0;
  }

  private static String text(TaggedSentence sentence, Random random) {
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (SurfaceToken token : sentence.sentence().surface()) {
      text.append(token.begin() > end ? " " : "").append(token.form());
      boolean name =
          !token.isMultiword() && sentence.tags("upos").tag(token.words().begin()).equals("PROPN");
      if (name && token.form().length() > 2 && Character.isLetter(token.form().charAt(1))) {
        text.append((char) ('a' + random.nextInt(26))).append((char) ('a' + random.nextInt(26)));
      }
      end = token.end();
    }
    return text.toString();
  }
}
