package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.nn.CellKind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model file of a few kilobytes may unpack to more than the memory holds. It is refused before,
 * or it fits: the memory is never exhausted.
 */
@Tag("once")
class SmallHeapTest {
  private static final int HEAP_MB = 96;

  /** The estimated memory for reading, in percent of the heap: around the limit and beyond. */
  private static final int[] SHARES = {60, 74, 300};

  @TempDir private Path folder;

  /** Reads each given file and prints the result. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] files) throws IOException {
      for (String file : files) {
        try {
          System.out.println("read " + ModelFile.read(Path.of(file)).labels().size());
        } catch (ModelFormatException e) {
          System.out.println("refused " + e.getMessage());
        }
      }
    }
  }

  @Test
  void manyShortWordsFitOrAreRefused() throws Exception {
    assertFitsOrIsRefused(
        share -> {
          // Four letters, a tab, a count and a line feed are 7 bytes.
          List<Vocabulary.Entry> words = new ArrayList<>();
          for (int i = 0; i < share * ((long) HEAP_MB << 20) / 100L / (7 * 28); i++) {
            words.add(new Vocabulary.Entry(Integer.toString(36 * 36 * 36 + i, 36), 1));
          }
          return model(new Vocabulary(words), 2);
        });
  }

  @Test
  void manyWeightsFitOrAreRefused() throws Exception {
    assertFitsOrIsRefused(
        share -> {
          // Half-precision floats.
          double weights = share * (double) (HEAP_MB << 20) / 100 / (2 * 4);
          return model(new Vocabulary(List.of()), (int) Math.sqrt(weights));
        });
  }

  private interface Models {
    TaggerModel of(int share);
  }

  private void assertFitsOrIsRefused(Models models) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "-cp",
                System.getProperty("java.class.path"),
                Reading.class.getName()));
    for (int share : SHARES) {
      Path file = folder.resolve(share + ".rnn");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        ModelFile.write(out, models.of(share), Safetensors.Type.F16);
      }
      command.add(file.toString());
    }
    Process reading = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(reading.waitFor()).as(said).isZero();
    List<String> results = said.lines().filter(line -> line.matches("(read|refused) .*")).toList();
    assertThat(results).as(said).hasSize(SHARES.length);
    assertThat(results.get(0)).startsWith("read ");
    assertThat(results.get(SHARES.length - 1)).contains("MB of memory").contains("-Xmx");
  }

  private static TaggerModel model(Vocabulary words, int hidden) {
    TaggerConfig config =
        TaggerConfig.of(
            InputConfig.defaults(),
            EmbedConfig.ofShape(),
            List.of(EncoderLayer.recurrent(CellKind.SIMPLE_RNN, hidden)),
            Map.of("upos", HeadConfig.softmax()));
    Vocabularies vocabularies = new Vocabularies(words, new Vocabulary(List.of()), null);
    Map<String, Labels> labels = Map.of("upos", new Labels(List.of("X")));
    return new TaggerModel(
        config, vocabularies, labels, Network.blank(config, vocabularies, labels), null, "");
  }
}
