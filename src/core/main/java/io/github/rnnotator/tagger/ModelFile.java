package io.github.rnnotator.tagger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

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

  /**
   * A kind of model files other than those of taggers, whose headers name none.
   *
   * @param name as headers name it
   * @param format the version of the format that is written and read
   * @param entries what follows the header, in order
   * @param memory the bytes of memory that a byte of each entry may take while it is read
   * @param expected what its files are, for the message about others
   */
  public record Kind(
      String name, int format, List<String> entries, Map<String, Integer> memory, String expected) {
    /** Returns the beginning of a header: format and kind. */
    public ObjectNode header() {
      return JsonNodeFactory.instance.objectNode().put("format", format).put("kind", name);
    }

    /**
     * Writes a file and leaves the stream open.
     *
     * @param header gets the table of entries
     * @param contents all entries, in order
     */
    public void write(OutputStream out, ObjectNode header, Map<String, byte[]> contents)
        throws IOException {
      ObjectNode table = header.putObject("entries");
      for (EntryInfo entry : ModelZip.table(contents)) {
        table.putObject(entry.name()).put("bytes", entry.bytes()).put("sha256", entry.sha256());
      }
      byte[] json =
          ConfigJson.mapper(new JsonFactory())
              .writerWithDefaultPrettyPrinter()
              .writeValueAsBytes(header);
      ModelZip.write(out, json, contents);
    }

    /**
     * Reads a file and closes it.
     *
     * @param file its name in messages
     * @throws ModelFormatException if it is broken, or of another kind
     */
    public Opened read(InputStream in, String file) throws IOException {
      AtomicReference<JsonNode> header = new AtomicReference<>();
      AtomicReference<List<EntryInfo>> table = new AtomicReference<>();
      ModelZip zip =
          ModelZip.read(
              in,
              file,
              bytes -> {
                JsonNode json = ConfigJson.header(bytes, file);
                check(json, file);
                header.set(json);
                table.set(ModelZip.entries(json, file, entries, Set.of(), memory));
                return Objects.requireNonNull(table.get());
              });
      return new Opened(
          Objects.requireNonNull(header.get()), zip, Objects.requireNonNull(table.get()));
    }

    private void check(JsonNode header, String file) throws ModelFormatException {
      JsonNode kind = header.path("kind");
      if (!kind.asText().equals(name)) {
        String found =
            header.has("kind")
                ? "a model of kind " + kind.asText()
                : "the model of a tagger or classifier";
        throw invalid(file, found + ", expected " + expected);
      }
      if (header.path("format").asInt(0) != format) {
        throw invalid(file, "format " + header.path("format") + ", this program reads " + format);
      }
    }

    /** Returns an exception that says what is wrong with the header of a file. */
    public ModelFormatException invalid(String file, String problem) {
      return new ModelFormatException(file, MODEL, problem);
    }
  }

  /** The header of a file, its contents, and the table of its entries. */
  public record Opened(JsonNode header, ModelZip zip, List<EntryInfo> entries) {}

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
