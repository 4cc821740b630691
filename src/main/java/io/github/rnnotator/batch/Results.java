package io.github.rnnotator.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.corpus.Counts;
import io.github.rnnotator.corpus.Position;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The output folder: parts are written in order, and a checkpoint now and then. What is behind the
 * last checkpoint is lost when the program is killed, and written again. For one thread.
 */
final class Results implements Closeable {
  static final String FAILED = "_failed.jsonl";

  private static final int FILES_BETWEEN = 256;

  private final Path folder;
  private final OutputNames names;
  private final boolean strict;
  private final boolean keepsBroken;
  private final double interval;
  private final Map<String, String> settings;
  private final ObjectMapper json = new ObjectMapper();
  private final FileChannel failed;

  /** Whole, but without a name until the next checkpoint. */
  private final List<OutputFile> whole = new ArrayList<>();

  private @Nullable OutputFile current;
  private String file;
  private boolean fileDone;
  private boolean fileFailed;

  /** The last file whose output was given up; asked by the thread that reads. */
  private volatile String gaveUp;

  private Position position;
  private Counts counts;
  private Totals totals;
  private long saved = System.nanoTime();

  /**
   * Goes on from a checkpoint.
   *
   * @param strict whether a failure stops the run
   * @param keepsBroken whether what came before the place where a file breaks off is kept
   * @param interval seconds between checkpoints
   */
  Results(
      Path folder,
      OutputNames names,
      boolean strict,
      boolean keepsBroken,
      double interval,
      Checkpoint from)
      throws IOException {
    this.folder = folder;
    this.names = names;
    this.strict = strict;
    this.keepsBroken = keepsBroken;
    this.interval = interval;
    this.settings = from.settings();
    this.file = from.file();
    this.fileDone = from.fileDone();
    this.fileFailed = from.fileFailed();
    this.gaveUp = fileFailed ? file : "";
    this.position = from.position();
    this.counts = from.counts();
    this.totals = from.totals();
    OutputFile.rename(folder, from.renames());
    this.failed =
        FileChannel.open(
            folder.resolve(FAILED), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    failed.truncate(from.failedLength());
    failed.position(from.failedLength());
    if (!fileDone && !fileFailed) {
      current = new OutputFile(folder, names.of(file), from.lengths());
    }
  }

  Totals totals() {
    return totals;
  }

  /** Whether the file that was written last is finished. */
  boolean fileDone() {
    return fileDone;
  }

  /** Whether the output of this file was given up, so that nothing more of it is wanted. */
  boolean gaveUp(String name) {
    return gaveUp.equals(name);
  }

  /** Appends a part. */
  void write(PartTagger.Encoded encoded) throws IOException {
    Part part = encoded.part();
    List<Failure> failures = new ArrayList<>(part.failures());
    if (part.begins()) {
      file = part.file().name();
      fileDone = false;
      fileFailed = false;
      counts = Counts.ZERO;
    }
    if (!fileFailed) {
      append(encoded, failures);
    } else {
      failures.clear();
    }
    position = part.after();
    counts = encoded.counts();
    if (part.ends()) {
      finish(part);
    }
    log(failures);
    if (whole.size() >= FILES_BETWEEN || System.nanoTime() - saved > interval * 1e9) {
      save(false);
    }
  }

  private void append(PartTagger.Encoded encoded, List<Failure> failures) throws IOException {
    Part part = encoded.part();
    try {
      if (part.begins()) {
        current = new OutputFile(folder, names.of(file), List.of());
      }
      if (current != null) {
        current.write(encoded.bytes());
      }
    } catch (IOException e) {
      // The disk may be full: what is removed makes room for other files.
      failures.add(
          new Failure(
              file, encoded.line(), 0, "its output can't be written: " + Failure.say(e), false));
      giveUp();
      return;
    }
    if (part.broken() && !(keepsBroken && encoded.counts().sentences() > 0)) {
      giveUp();
    } else {
      Counts added = encoded.added();
      totals =
          totals.plus(
              new Totals(0, 0, added.documents(), added.sentences(), added.tokens(), 0, 0, 0));
    }
  }

  private void giveUp() throws IOException {
    fileFailed = true;
    gaveUp = file;
    totals =
        totals.plus(
            new Totals(0, 0, -counts.documents(), -counts.sentences(), -counts.tokens(), 0, 0, 0));
    if (current != null) {
      current.close();
      current = null;
    }
    OutputFile.delete(folder, names.of(file));
  }

  private void finish(Part part) {
    fileDone = true;
    if (current != null) {
      whole.add(current);
      current = null;
    }
    totals = totals.plus(new Totals(1, fileFailed ? 1 : 0, 0, 0, 0, 0, part.file().size(), 0));
  }

  private void log(List<Failure> failures) throws IOException {
    for (Failure failure : failures) {
      if (strict) {
        throw failure.asException();
      }
      byte[] line = json.writeValueAsBytes(failure);
      ByteBuffer bytes = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
      while (bytes.hasRemaining()) {
        failed.write(bytes);
      }
    }
    totals = totals.plus(new Totals(0, 0, 0, 0, 0, failures.size(), 0, 0));
  }

  /** Writes a checkpoint, and gives whole files their names. */
  void save(boolean finished) throws IOException {
    long now = System.nanoTime();
    List<String> renames = new ArrayList<>();
    for (OutputFile output : whole) {
      output.force();
      renames.addAll(output.names());
      output.close();
    }
    if (current != null) {
      current.force();
    }
    failed.force(false);
    totals = totals.plus(new Totals(0, 0, 0, 0, 0, 0, 0, (now - saved) / 1e9));
    saved = now;
    new Checkpoint(
            settings,
            finished,
            file,
            fileDone,
            fileFailed,
            position,
            counts,
            current == null ? List.of() : current.lengths(),
            renames,
            failed.position(),
            totals)
        .write(folder);
    OutputFile.rename(folder, renames);
    whole.clear();
  }

  @Override
  public void close() throws IOException {
    for (OutputFile output : whole) {
      output.close();
    }
    if (current != null) {
      current.close();
    }
    failed.close();
    Path log = folder.resolve(FAILED);
    if (Files.exists(log) && Files.size(log) == 0) {
      Files.delete(log);
    }
  }
}
