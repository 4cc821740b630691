package io.github.rnnotator.batch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A disk that counts its operations and fails at one of them: with an error that the program
 * handles, or as if the program were killed, after which no operation has an effect.
 */
final class FaultyDisk implements FileOps {
  /** How an operation fails. */
  enum Fault {
    /** Killed before the operation, or halfway through a write. */
    KILLED_BEFORE,
    /** Killed after the operation. */
    KILLED_AFTER,
    /** The disk is full, or becomes full halfway through a write. */
    DISK_FULL
  }

  /** Simulates the end of the program. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private interface Operation<T> {
    T run() throws IOException;
  }

  private final FileOps disk = new Disk();
  private final int failing;
  private final Fault fault;
  private int operations;
  private boolean dead;

  /**
   * Creates a disk.
   *
   * @param failing the operation that fails, from 1; 0 for none
   */
  FaultyDisk(int failing, Fault fault) {
    this.failing = failing;
    this.fault = fault;
  }

  int operations() {
    return operations;
  }

  private <T> T run(Operation<?> half, Operation<T> whole) throws IOException {
    if (dead) {
      throw new Killed();
    }
    operations++;
    if (operations != failing) {
      return whole.run();
    }
    if (fault == Fault.DISK_FULL) {
      half.run();
      throw new IOException("No space left on device");
    }
    dead = true;
    if (fault == Fault.KILLED_BEFORE) {
      half.run();
    } else if (whole.run() instanceof OpenFile open) {
      open.close();
    }
    throw new Killed();
  }

  private void run(Operation<Boolean> whole) throws IOException {
    run(() -> true, whole);
  }

  @Override
  public void createDirectories(Path folder) throws IOException {
    run(
        () -> {
          disk.createDirectories(folder);
          return true;
        });
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    return run(() -> true, () -> disk.open(file));
  }

  @Override
  public void write(OpenFile file, ByteBuffer bytes) throws IOException {
    ByteBuffer half = bytes.duplicate();
    half.limit(half.position() + half.remaining() / 2);
    run(
        () -> {
          disk.write(file, half);
          return true;
        },
        () -> {
          disk.write(file, bytes);
          return true;
        });
  }

  @Override
  public void truncate(OpenFile file, long length) throws IOException {
    run(
        () -> {
          disk.truncate(file, length);
          return true;
        });
  }

  /** Counted, but not performed: it is slow and only matters if the power fails. */
  @Override
  public void force(OpenFile file) throws IOException {
    run(() -> true);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    run(
        () -> {
          disk.move(from, to);
          return true;
        });
  }

  @Override
  public void delete(Path file) throws IOException {
    run(
        () -> {
          disk.delete(file);
          return true;
        });
  }
}
