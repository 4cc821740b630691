package io.github.rnnotator.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.rnnotator.corpus.AtomicOutput;
import io.github.rnnotator.corpus.CorpusException;
import io.github.rnnotator.corpus.Counts;
import io.github.rnnotator.corpus.Position;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a run has come: all that one needs to go on as if it had not stopped. It is replaced as a
 * whole, after what it speaks of is on the disk.
 *
 * @param settings all that the output depends on
 * @param finished whether nothing is left to do
 * @param file the last file that was begun; empty where there is none
 * @param fileDone whether it is finished
 * @param fileFailed whether its output was given up
 * @param position where to go on in it
 * @param counts what its output holds
 * @param lengths how many bytes of each of its outputs are written
 * @param renames the outputs, below the output folder, that are whole and are to get their names
 * @param failedLength how many bytes of {@code _failed.jsonl} are written
 * @param totals what was done
 */
record Checkpoint(
    Map<String, String> settings,
    boolean finished,
    String file,
    boolean fileDone,
    boolean fileFailed,
    Position position,
    Counts counts,
    List<Long> lengths,
    List<String> renames,
    long failedLength,
    Totals totals) {
  static final String NAME = "_checkpoint.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Checks that nothing is missing and that no name leads out of the output folder, whoever wrote
   * the file.
   */
  Checkpoint {
    for (Object part : Arrays.asList(settings, file, position, counts, lengths, renames, totals)) {
      require(part != null, "something is missing");
    }
    require(position.document() != null, "the document is missing");
    require(failedLength >= 0, "a negative length");
    lengths.forEach(length -> require(length != null && length >= 0, "a negative length"));
    for (long at :
        List.of(
            position.bytes(),
            (long) position.lines(),
            (long) position.passages(),
            position.units(),
            position.codePoints())) {
      require(at >= 0, "a negative place");
    }
    require(isBelow(file), "a file that is not in the folder");
    renames.forEach(name -> require(name != null && isBelow(name), "a file elsewhere"));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static boolean isBelow(String name) {
    Path path = Path.of(name);
    return !path.isAbsolute() && path.normalize().equals(path) && !path.startsWith("..");
  }

  static Checkpoint begin(Map<String, String> settings) {
    return new Checkpoint(
        settings,
        false,
        "",
        true,
        false,
        Position.START,
        Counts.ZERO,
        List.of(),
        List.of(),
        0,
        Totals.NONE);
  }

  /** The same, with other settings. */
  Checkpoint with(Map<String, String> others) {
    return new Checkpoint(
        others,
        finished,
        file,
        fileDone,
        fileFailed,
        position,
        counts,
        lengths,
        renames,
        failedLength,
        totals);
  }

  static Optional<Checkpoint> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Checkpoint.class));
    } catch (JsonProcessingException | CharConversionException e) {
      throw new CorpusException(
          file.toString(), "no checkpoint of a run; start over with --restart");
    }
  }

  void write(Path folder) throws IOException {
    try (AtomicOutput output = AtomicOutput.to(folder.resolve(NAME))) {
      output.stream().write(JSON.writeValueAsBytes(this));
      output.commit();
    }
  }
}
