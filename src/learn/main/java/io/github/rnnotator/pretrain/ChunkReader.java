package io.github.rnnotator.pretrain;

import io.github.rnnotator.data.TextStretches;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the chunks of a text in order: some stretches of each file. Which ones depends on the
 * {@link TextPlan} alone. For one thread.
 */
final class ChunkReader implements Closeable {
  private final TextPlan plan;
  private final List<FilePart> files = new ArrayList<>();
  private int chunk;

  ChunkReader(TextPlan plan) throws IOException {
    this.plan = plan;
    try {
      for (Path file : plan.files()) {
        files.add(new FilePart(new TextStretches(file)));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * The stretches of a chunk.
   *
   * @param trained to be trained on
   * @param heldOut to be scored
   */
  record Chunk(List<String> trained, List<String> heldOut) {}

  /** Returns the next chunk. */
  Chunk next() throws IOException {
    Chunk read = new Chunk(new ArrayList<>(), new ArrayList<>());
    chunk++;
    for (int i = 0; i < files.size(); i++) {
      files.get(i).read(plan.wordsBefore(i, chunk), read);
    }
    return read;
  }

  /** Skips so many chunks. */
  void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  /** Distributes the stretches of a file evenly by running totals. */
  private final class FilePart {
    private final TextStretches reader;
    private double heldOut;
    private double trained;
    private long words;

    FilePart(TextStretches reader) {
      this.reader = reader;
    }

    /** Reads until so many words of the file are trained on. */
    void read(double end, Chunk into) throws IOException {
      while (words < end) {
        TextStretches.Stretch next = reader.next();
        if (next == null) {
          return;
        }
        heldOut += plan.heldOut() * next.words();
        if (heldOut >= next.words() / 2.0) {
          heldOut -= next.words();
          into.heldOut().add(next.text());
          continue;
        }
        trained += plan.trained() / (1 - plan.heldOut()) * next.words();
        if (trained >= next.words() / 2.0) {
          trained -= next.words();
          into.trained().add(next.text());
          words += next.words();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (FilePart file : files) {
      file.reader.close();
    }
  }
}
