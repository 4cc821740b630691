package io.github.rnnotator.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.io.Position;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The state of a run, sufficient to resume it. It is replaced atomically, after the data it
 * describes is on the disk, and before outputs are renamed or deleted; a resumed run repeats these
 * renames and deletes.
 *
 * @param run the identifier of the run in the names of its parts, {@link OutputFolder#run}
 * @param settings everything that the output depends on
 * @param finished whether the run is complete, with all renames and deletes
 * @param recheck whether there may be new files before {@code reached}, because the input has
 *     changed
 * @param reached the last file begun, in the order of files; empty at the start
 * @param current the file begun last
 * @param renames the complete outputs, below the output folder, to be renamed
 * @param deletes the abandoned outputs whose parts are to be deleted
 * @param failedLength bytes written to {@code _failed.jsonl}
 * @param totals the totals so far
 */
record Checkpoint(
    String run,
    Map<String, String> settings,
    boolean finished,
    boolean recheck,
    String reached,
    Current current,
    List<String> renames,
    List<String> deletes,
    long failedLength,
    Totals totals) {
  static final String NAME = "_checkpoint.json";

  /** Names may contain lone surrogates, see {@link FileNames}. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  /**
   * The file begun last.
   *
   * @param file its name; empty at the start
   * @param done whether it is finished
   * @param failed whether its output was abandoned
   * @param position where to resume
   * @param counts the size of its output
   * @param outputs the names of its open outputs
   * @param lengths bytes written to each
   * @param failedBefore length of {@code _failed.jsonl} before it
   * @param before totals before it
   */
  record Current(
      String file,
      boolean done,
      boolean failed,
      Position position,
      Counts counts,
      List<String> outputs,
      List<Long> lengths,
      long failedBefore,
      Totals before) {
    static final Current NONE =
        new Current(
            "", true, false, Position.START, Counts.ZERO, List.of(), List.of(), 0, Totals.NONE);

    /** Checks that nothing is missing. */
    Current {
      for (Object part : Arrays.asList(file, position, counts, outputs, lengths, before)) {
        require(part != null, "something is missing");
      }
      require(position.document() != null, "the document is missing");
      lengths.forEach(length -> require(length != null && length >= 0, "a negative length"));
      require(lengths.size() == outputs.size(), "outputs without lengths");
      require(failedBefore >= 0, "a negative length");
      for (long at :
          List.of(
              position.bytes(),
              (long) position.lines(),
              (long) position.passages(),
              position.units(),
              position.codePoints())) {
        require(at >= 0, "a negative place");
      }
      require(file.isEmpty() || FileNames.isBelow(file), "a file that is not in the folder");
      outputs.forEach(name -> require(name != null && FileNames.isBelow(name), "a file elsewhere"));
    }
  }

  /**
   * Checks that nothing is missing and that no name leads out of the output folder, since the file
   * is untrusted.
   */
  Checkpoint {
    for (Object part : Arrays.asList(run, settings, reached, current, renames, deletes, totals)) {
      require(part != null, "something is missing");
    }
    require(run.matches("[0-9a-f]{8}"), "not a run's mark");
    require(failedLength >= 0, "a negative length");
    require(reached.isEmpty() || FileNames.isBelow(reached), "a file that is not in the folder");
    renames.forEach(name -> require(name != null && FileNames.isBelow(name), "a file elsewhere"));
    deletes.forEach(name -> require(name != null && FileNames.isBelow(name), "a file elsewhere"));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  static Checkpoint begin(Map<String, String> settings) {
    return new Checkpoint(
        UUID.randomUUID().toString().substring(0, 8),
        settings,
        false,
        false,
        "",
        Current.NONE,
        List.of(),
        List.of(),
        0,
        Totals.NONE);
  }

  /**
   * Returns the run with other settings or input. A file begun is tagged again from its start,
   * since an output must not mix settings. New files are searched everywhere.
   */
  Checkpoint changed(Map<String, String> others) {
    List<String> dropped = new ArrayList<>(deletes);
    dropped.addAll(current.outputs());
    boolean whole = current.done();
    return new Checkpoint(
        run,
        others,
        false,
        true,
        reached,
        whole ? current : Current.NONE,
        renames,
        dropped,
        whole ? failedLength : current.failedBefore(),
        whole ? totals : current.before());
  }

  /** Whether a folder has a checkpoint. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(NAME));
  }

  /** Reads the checkpoint of a folder, if any. */
  static Optional<Checkpoint> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!isIn(folder)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Checkpoint.class));
    } catch (JsonProcessingException | CharConversionException e) {
      throw new CorpusException(
          file.toString(), "is not a checkpoint of a run; start over with --restart");
    }
  }

  void write(OutputFolder folder) throws IOException {
    folder.replace(NAME, JSON.writeValueAsBytes(this));
  }
}
