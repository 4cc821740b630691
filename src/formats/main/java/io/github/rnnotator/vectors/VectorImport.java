package io.github.rnnotator.vectors;

import io.github.rnnotator.embed.VectorFile;
import io.github.rnnotator.embed.VectorFormatException;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.embed.WordVectors.Type;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.LookupForm;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads word vectors of any format into a table, pruned and in 16 or 8 bits per number. */
public final class VectorImport {
  private static final int BLOCK = 1 << 16;

  private VectorImport() {}

  /**
   * Reads a file of vectors in any format that {@link VectorFormat} knows, or in that of {@link
   * VectorFile}.
   *
   * @param top the number of first words to keep
   * @param also words to keep wherever they occur
   * @param type how the numbers are kept
   * @param progress receives the number of words read so far
   * @throws CorpusException if the file does not exist or is malformed
   */
  public static WordVectors read(
      Path file, int top, Set<String> also, Type type, LongConsumer progress) throws IOException {
    return read(file, top, also, type, progress, note -> {});
  }

  /**
   * The same.
   *
   * @param notes receives what was left out ({@link VectorReader#notes})
   */
  public static WordVectors read(
      Path file,
      int top,
      Set<String> also,
      Type type,
      LongConsumer progress,
      Consumer<String> notes)
      throws IOException {
    try (VectorReader reader = open(file)) {
      WordVectors vectors = select(reader, file.toString(), top, also, type, progress);
      reader.notes().forEach(notes);
      return vectors;
    }
  }

  /**
   * The same from a stream, which stays open.
   *
   * @param source the name for messages
   * @param notes receives what was left out
   */
  public static WordVectors read(
      InputStream in,
      String source,
      int top,
      Type type,
      LongConsumer progress,
      Consumer<String> notes)
      throws IOException {
    try (VectorReader reader = VectorFormat.open(shielded(in), source)) {
      WordVectors vectors = select(reader, source, top, Set.of(), type, progress);
      reader.notes().forEach(notes);
      return vectors;
    }
  }

  private static InputStream shielded(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public void close() {
        // The caller closes it.
      }
    };
  }

  private static WordVectors select(
      VectorReader reader,
      String source,
      int top,
      Set<String> also,
      Type type,
      LongConsumer progress)
      throws IOException {
    WordVectors.Builder table = new WordVectors.Builder(reader.dim(), type);
    float[] vector = new float[reader.dim()];
    long read = 0;
    try {
      while (read < top || !also.isEmpty()) {
        String word = reader.next();
        if (word == null) {
          break;
        }
        // Two spellings of one word: the first, more frequent one counts.
        String form = LookupForm.of(word);
        if ((read < top || also.contains(form)) && !table.contains(form)) {
          reader.vector(vector);
          table.add(form, vector);
        }
        progress.accept(++read);
      }
      if (table.size() == 0) {
        throw new CorpusException(source, "no word vectors, expected at least one");
      }
      return table.build();
    } catch (IllegalArgumentException e) {
      throw new CorpusException(source, String.valueOf(e.getMessage()));
    } catch (ArithmeticException e) {
      throw new CorpusException(source, "more than 2^31 numbers; keep fewer words");
    }
  }

  private static VectorReader open(Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BLOCK)) {
        in.mark(VectorFile.START);
        boolean ours = VectorFile.isTable(in.readNBytes(VectorFile.START));
        in.reset();
        if (ours) {
          return new TableReader(VectorFile.read(in, Files.size(file)));
        }
      } catch (VectorFormatException e) {
        throw new CorpusException(file.toString(), String.valueOf(e.getMessage()));
      }
    }
    return VectorFormat.open(file);
  }

  /** The rows of a table one after the other. */
  private static final class TableReader implements VectorReader {
    private final WordVectors table;
    private int next;

    TableReader(WordVectors table) {
      this.table = table;
    }

    @Override
    public int dim() {
      return table.dim();
    }

    @Override
    public @Nullable String next() {
      return next < table.size() ? table.word(next++) : null;
    }

    @Override
    public void vector(float[] out) {
      table.copy(next - 1, out, 0);
    }

    @Override
    public void close() {}
  }
}
