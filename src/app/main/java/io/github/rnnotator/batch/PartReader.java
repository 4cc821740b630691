package io.github.rnnotator.batch;

import io.github.rnnotator.formats.DocumentFormat;
import io.github.rnnotator.formats.DocumentReader;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.io.Position;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TaggedSentence;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the parts of one file. For one thread. */
final class PartReader implements Closeable {
  private static final int SHORTEST = 16;

  private final InputFile file;
  private final Source source;
  private Position position;
  private boolean begins;
  private boolean ended;
  private @Nullable DocumentReader reader;
  private @Nullable CountedInput stored;

  /**
   * How the files of a run are read.
   *
   * @param stdin standard input
   * @param format the format of all files
   * @param check refuses files of another format, or null
   * @param partSize the minimum size of a part's text, except the last of a file, in UTF-16 units
   */
  record Source(
      InputStream stdin, DocumentFormat format, @Nullable FormatCheck check, int partSize) {}

  /**
   * Creates a reader.
   *
   * @param start where to resume, or null for a new file
   */
  PartReader(InputFile file, Source source, @Nullable Position start) {
    this.file = file;
    this.source = source;
    this.position = start == null ? Position.START : start;
    this.begins = start == null;
  }

  /** Whether the last part was read. */
  boolean ended() {
    return ended;
  }

  /** Returns the next part; records failures in it and does not throw them. */
  Part read() {
    List<Document> passages = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    boolean broken = false;
    int read = 0;
    while (!ended && read < source.partSize()) {
      try {
        DocumentReader from = open();
        Optional<Document> passage = from.read();
        passage.ifPresent(passages::add);
        read += passage.map(PartReader::size).orElse(0);
        ended = passage.isEmpty();
        position = from.position();
      } catch (IOException e) {
        failures.add(Failure.of(file.name(), e));
        boolean goesOn = e instanceof CorpusException && reader != null && reader.goesOn();
        if (goesOn && reader != null) {
          position = reader.position();
          // A file of malformed records only is read in parts, too.
          read += 1 + source.partSize() / 1000;
        }
        broken = !goesOn;
        ended = broken;
      }
    }
    Part part =
        new Part(
            file,
            begins,
            ended,
            broken,
            passages,
            failures,
            position,
            stored == null ? 0 : stored.count);
    begins = false;
    return part;
  }

  /** Returns an empty last part of an abandoned file. */
  Part giveUp() {
    ended = true;
    Part part = new Part(file, begins, true, false, List.of(), List.of(), position, 0);
    begins = false;
    return part;
  }

  private DocumentReader open() throws IOException {
    if (reader == null) {
      if (file.problem() != null) {
        throw file.problem();
      }
      if (source.check() != null && begins) {
        source.check().check(file);
      }
      InputStream bytes = file.path() == null ? source.stdin() : Files.newInputStream(file.path());
      stored = new CountedInput(bytes);
      String name = FileNames.display(file.name());
      InputStream unpacked = CorpusInput.unpack(stored, name);
      unpacked.skipNBytes(position.bytes());
      reader = source.format().open(unpacked, name, position);
    }
    return reader;
  }

  static int size(Document passage) {
    int size = passage.text().length();
    if (size == 0) {
      for (TaggedSentence sentence : passage.sentences()) {
        size += sentence.sentence().tokens().stream().mapToInt(t -> t.form().length() + 1).sum();
      }
    }
    // Short records take time too.
    return size + SHORTEST;
  }

  @Override
  public void close() throws IOException {
    if (stored != null && file.path() != null) {
      stored.close();
    }
  }

  /** Counts the bytes that are read. */
  private static final class CountedInput extends FilterInputStream {
    private long count;

    CountedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = in.skip(bytes);
      count += skipped;
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
