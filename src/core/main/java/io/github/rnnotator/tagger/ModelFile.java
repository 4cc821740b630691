package io.github.rnnotator.tagger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The model file: one zip with {@code model.json} (configuration, labels, size and SHA-256 of every
 * other entry) first, then {@code words.txt}, {@code chars.txt}, with pretrained word vectors
 * {@code vectors.vec}, with a segmenter {@code segmenter.rnn} (its network, in the same format) and
 * {@code segmenter.tsv} (see {@link SegmenterFile}), with a dictionary of lemmas {@code lemmas.tsv}
 * (see {@link LemmaFile}), with other columns that are read {@code columns.tsv} (see {@link
 * io.github.rnnotator.embed.ColumnsFile}), {@code weights.safetensors} and {@code MODEL_CARD.md}.
 *
 * <p>Files are untrusted: an entry is read up to the size stated in {@code model.json} and no
 * further, its hash is compared, and the number of weights must match the configuration before a
 * network is created. Nothing in the file is executed or names a class.
 */
public final class ModelFile {
  static final String MODEL = "model.json";
  static final String WORDS = "words.txt";
  static final String CHARACTERS = "chars.txt";
  static final String VECTORS = "vectors.vec";
  static final String SEGMENTER = "segmenter.rnn";
  static final String SEGMENTER_WORDS = "segmenter.tsv";
  static final String LEMMAS = "lemmas.tsv";
  static final String COLUMNS = "columns.tsv";
  static final String WEIGHTS = "weights.safetensors";
  static final String CARD = "MODEL_CARD.md";

  private ModelFile() {}

  /** The stated size and hash of an entry. */
  public record EntryInfo(String name, long bytes, String sha256) {}

  /** A model and the table of its file's entries. */
  public record Contents(TaggerModel model, List<EntryInfo> entries) {}

  /**
   * Writes a model and leaves the stream open. The same model gives the same bytes.
   *
   * @throws IllegalArgumentException if a weight is not finite, or too large for {@code type}
   */
  public static void write(OutputStream out, TaggerModel model, Safetensors.Type type)
      throws IOException {
    ModelWriter.write(out, model, type);
  }

  /**
   * Reads a model file.
   *
   * @throws ModelFormatException if it is broken or not a model
   */
  public static TaggerModel read(Path file) throws IOException {
    return inspect(file).model();
  }

  /**
   * Reads a model file together with the table of its entries.
   *
   * @throws ModelFormatException if it is broken or not a model
   */
  public static Contents inspect(Path file) throws IOException {
    try (InputStream in = open(file)) {
      return read(in, file.toString());
    }
  }

  /**
   * Opens a model file of any kind.
   *
   * @throws ModelFormatException if the file is missing or a folder
   */
  public static InputStream open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new ModelFormatException(file.toString(), "", "no such file");
    }
    if (Files.isDirectory(file)) {
      throw new ModelFormatException(file.toString(), "", "a folder, expected a file");
    }
    return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  /**
   * Whether a model file is of this kind. The header of a tagger does not name a kind.
   *
   * @throws ModelFormatException if it is not a model file
   */
  public static boolean isOfKind(Path file, String kind) throws IOException {
    String name = file.toString();
    try (InputStream in = open(file)) {
      byte[] header = ModelZip.header(in, name);
      return kind.equals(ConfigJson.header(header, name).path("kind").asText());
    }
  }

  /**
   * Reads a model from a stream and closes it.
   *
   * @param name the name of the file in messages
   * @throws ModelFormatException if it is broken or not a model
   */
  public static Contents read(InputStream in, String name) throws IOException {
    return new ModelReader(name, false).read(in);
  }
}
