package io.github.rnnotator.batch;

import io.github.rnnotator.corpus.Counts;
import io.github.rnnotator.corpus.Position;
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
 * The results of a run: parts are written in order, and a checkpoint now and then. What was written
 * after the last checkpoint is lost when the program is killed, and written again. An operation of
 * the disk that fails ends the run and is not the fault of the file. For one thread.
 *
 * <p>The order of a commit: the parts are on the disk; the checkpoint says which are to be renamed
 * and deleted; they are. A run begins with what its checkpoint says, so that no moment loses any.
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

  /** {@code _failed.jsonl}, which exists only if something has failed. */
  private FileOps.@Nullable OpenFile failed;

  private long failedLength;

  /** Whole and on the disk, but without their names until the next checkpoint. */
  private final List<String> whole = new ArrayList<>();

  private int filesSince;

  /** Given up; their parts are deleted after the next checkpoint, for the last one names them. */
  private final List<String> dropped = new ArrayList<>();

  private @Nullable OutputFile current;
  private String file;
  private boolean fileDone;
  private boolean fileFailed;
  private String reached;
  private long failedBefore;
  private Totals before;

  /** The last file whose output was given up; asked by the thread that reads. */
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

  /** Sets aside a file that was begun and of which nothing more has come: it is not there now. */
  private void abandon() throws IOException {
    if (!fileDone) {
      if (!fileFailed) {
        giveUp();
        log(List.of(new Failure(file, 0, 0, "has disappeared before all of it was read", true)));
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
        failures.add(new Failure(file, 0, 0, "its output can't be written: too long a name", true));
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
      // Closed at once: however many files wait, few are open.
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

  /** Writes a checkpoint, and gives whole files their names. */
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

  /** Gives the last files their names; nothing more is written. */
  void end() throws IOException {
    abandon();
    save();
    if (recheck) {
      // Files that are no longer in the input may have left some.
      folder.deleteParts();
    }
  }

  /** Says in the checkpoint that nothing is left to do, which is the last that a run does. */
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
