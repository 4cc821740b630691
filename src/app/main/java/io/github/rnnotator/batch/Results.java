package io.github.rnnotator.batch;

import io.github.rnnotator.io.Counts;
import io.github.rnnotator.io.Position;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the results of a run: parts in order, and periodic checkpoints. If the program is killed,
 * the data written after the last checkpoint is written again. A failing disk operation ends the
 * run and is not blamed on the file. For one thread.
 *
 * <p>The order of a commit: force the parts to the disk; write a checkpoint that lists the renames
 * and deletes; perform them. A run begins by repeating those of its checkpoint, so that no output
 * is lost at any moment.
 */
final class Results implements Closeable {
  private final OutputFolder folder;
  private final OutputNames names;
  private final boolean strict;
  private final boolean keepsBroken;
  private final double interval;
  private final int filesBetween;
  private final LongSupplier nanoTime;
  private final Map<String, String> settings;
  private final boolean recheck;

  /** {@code _failed.jsonl}, which exists only after a failure. */
  private FileOps.@Nullable OpenFile failed;

  private long failedLength;

  /** Complete and on the disk, but not renamed until the next checkpoint. */
  private final List<String> whole = new ArrayList<>();

  private int filesSince;

  /**
   * Abandoned; their parts are deleted after the next checkpoint, since the last one refers to
   * them.
   */
  private final List<String> dropped = new ArrayList<>();

  private @Nullable OutputFile current;
  private String file;
  private boolean fileDone;
  private boolean fileFailed;
  private String reached;
  private long failedBefore;
  private Totals before;

  /** The last file whose output was abandoned; read by the reading thread. */
  private volatile String gaveUp;

  private Position position;
  private Counts counts;
  private Totals totals;
  private long saved;

  /** Resumes a run from its checkpoint. */
  Results(OutputFolder folder, OutputNames names, BatchSettings run, Pace pace, Checkpoint from)
      throws IOException {
    this.folder = folder;
    this.names = names;
    this.strict = run.strict();
    this.keepsBroken = run.in().hasRecords();
    this.interval = run.checkpoint();
    this.filesBetween = pace.files();
    this.nanoTime = pace.nanoTime();
    this.settings = from.settings();
    this.recheck = from.recheck();
    this.file = from.current().file();
    this.fileDone = from.current().done();
    this.fileFailed = from.current().failed();
    this.failedBefore = from.current().failedBefore();
    this.before = from.current().before();
    this.reached = from.reached();
    this.gaveUp = fileFailed ? file : "";
    this.position = from.current().position();
    this.counts = from.current().counts();
    this.totals = from.totals();
    this.failedLength = from.failedLength();
    this.saved = nanoTime.getAsLong();
    folder.rename(from.renames());
    folder.deleteParts(from.deletes());
    try {
      openFailed();
      if (!from.current().outputs().isEmpty()) {
        current = new OutputFile(folder, from.current().outputs(), from.current().lengths());
      }
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void openFailed() throws IOException {
    Path log = folder.root().resolve(OutputFolder.FAILED);
    if (failedLength > 0) {
      failed = folder.ops().open(log);
      folder.ops().truncate(failed, failedLength);
    } else if (Files.exists(log)) {
      folder.ops().delete(log);
    }
  }

  Totals totals() {
    return totals;
  }

  /** Whether the file written last is finished. */
  boolean fileDone() {
    return fileDone;
  }

  /** Whether the output of this file was abandoned, so that it need not be read further. */
  boolean gaveUp(String name) {
    return gaveUp.equals(name);
  }

  /** Appends a part. */
  void write(PartTagger.Encoded encoded) throws IOException {
    Part part = encoded.part();
    List<Failure> failures = new ArrayList<>(part.failures());
    if (part.begins()) {
      begin(part.file().name());
    }
    if (!fileFailed) {
      append(encoded, failures);
    } else {
      failures.clear();
    }
    position = part.after();
    counts = encoded.counts();
    if (part.ends()) {
      finish(part.file().size());
    }
    log(failures);
    if (filesSince >= filesBetween || nanoTime.getAsLong() - saved > interval * 1e9) {
      save();
    }
  }

  private void begin(String name) throws IOException {
    abandon();
    file = name;
    fileDone = false;
    fileFailed = false;
    failedBefore = failedLength;
    before = totals;
    counts = Counts.ZERO;
    if (InputTree.compare(name, reached) > 0) {
      reached = name;
    }
  }

  /** Sets aside a file that has disappeared before it was finished. */
  private void abandon() throws IOException {
    if (!fileDone) {
      if (!fileFailed) {
        giveUp();
        log(List.of(new Failure(file, 0, 0, "disappeared before it was completely read", true)));
      }
      finish(0);
    }
  }

  private void append(PartTagger.Encoded encoded, List<Failure> failures) throws IOException {
    Part part = encoded.part();
    boolean kept = !part.broken() || (keepsBroken && encoded.counts().sentences() > 0);
    if (part.begins() && kept) {
      List<String> outputs = names.of(file);
      if (outputs.stream().allMatch(folder::isShortEnough)) {
        current = new OutputFile(folder, outputs, List.of());
      } else {
        failures.add(new Failure(file, 0, 0, "its output can't be written: name too long", true));
        kept = false;
      }
    }
    if (current == null || !kept) {
      giveUp();
      return;
    }
    current.write(encoded.bytes());
    Counts added = encoded.added();
    totals =
        totals.plus(
            new Totals(0, 0, added.documents(), added.sentences(), added.tokens(), 0, 0, 0));
  }

  private void giveUp() throws IOException {
    fileFailed = true;
    gaveUp = file;
    totals =
        totals.plus(
            new Totals(0, 0, -counts.documents(), -counts.sentences(), -counts.tokens(), 0, 0, 0));
    if (current != null) {
      dropped.addAll(current.names());
      current.close();
      current = null;
    }
  }

  private void finish(long size) throws IOException {
    fileDone = true;
    filesSince++;
    if (current != null) {
      // Close immediately, since many files may wait for a checkpoint.
      current.force();
      current.close();
      whole.addAll(current.names());
      current = null;
    }
    totals = totals.plus(new Totals(1, fileFailed ? 1 : 0, 0, 0, 0, 0, size, 0));
  }

  private void log(List<Failure> failures) throws IOException {
    for (Failure failure : failures) {
      if (strict) {
        throw failure.asException();
      }
      if (failed == null) {
        failed = folder.ops().open(folder.root().resolve(OutputFolder.FAILED));
      }
      byte[] line = failure.toJson();
      folder.ops().write(failed, ByteBuffer.wrap(line));
      failedLength += line.length;
    }
    totals = totals.plus(new Totals(0, 0, 0, 0, 0, failures.size(), 0, 0));
  }

  /** Writes a checkpoint, and renames complete files. */
  private void save() throws IOException {
    if (current != null) {
      current.force();
    }
    if (failed != null) {
      folder.ops().force(failed);
    }
    long now = nanoTime.getAsLong();
    totals = totals.plus(new Totals(0, 0, 0, 0, 0, 0, 0, (now - saved) / 1e9));
    saved = now;
    checkpoint(false, List.copyOf(whole), List.copyOf(dropped)).write(folder);
    folder.rename(whole);
    folder.deleteParts(dropped);
    whole.clear();
    dropped.clear();
    filesSince = 0;
  }

  private Checkpoint checkpoint(boolean finished, List<String> renames, List<String> deletes)
      throws IOException {
    return new Checkpoint(
        folder.run(),
        settings,
        finished,
        recheck,
        reached,
        new Checkpoint.Current(
            file,
            fileDone,
            fileFailed,
            position,
            counts,
            current == null ? List.of() : current.names(),
            current == null ? List.of() : current.lengths(),
            failedBefore,
            before),
        renames,
        deletes,
        failedLength,
        totals);
  }

  /** Renames the last files; nothing more is written. */
  void end() throws IOException {
    abandon();
    save();
    if (recheck) {
      // Files no longer in the input may have left parts.
      folder.deleteParts();
    }
  }

  /** Marks the checkpoint as complete, the last step of a run. */
  void finished() throws IOException {
    checkpoint(true, List.of(), List.of()).write(folder);
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
    if (failed != null) {
      failed.close();
    }
  }
}
