package io.github.rnnotator.tagger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.VectorFile;
import io.github.rnnotator.embed.VectorFormatException;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.ops.Halves;
import io.github.rnnotator.text.Sha256;
import io.github.rnnotator.text.TagScheme;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The model file: one zip with {@code model.json} (configuration, labels, size and SHA-256 of every
 * other entry) first, then {@code words.txt}, {@code chars.txt}, with pretrained word vectors
 * {@code vectors.vec}, {@code weights.safetensors} and {@code MODEL_CARD.md}.
 *
 * <p>Files are untrusted: an entry is read up to the size stated in {@code model.json} and no
 * further, its hash is compared, and the number of weights must match the configuration before a
 * network is created. Nothing in the file is executed or names a class.
 */
public final class ModelFile {
  private static final int FORMAT = 2;

  /** In it, dropout was counted: the layers of the encoder are encoder.1, encoder.3, ... */
  private static final int FORMAT_WITH_DROPOUT = 1;

  private static final String MODEL = "model.json";
  private static final String WORDS = "words.txt";
  private static final String CHARACTERS = "chars.txt";
  private static final String VECTORS = "vectors.vec";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String CARD = "MODEL_CARD.md";
  private static final List<String> ENTRIES = List.of(WORDS, CHARACTERS, VECTORS, WEIGHTS, CARD);
  private static final int LARGEST_JSON = 4 << 20;
  private static final long LARGEST_ENTRY = Integer.MAX_VALUE - 16;

  /**
   * The memory, in bytes, that one byte of an entry may take while it is read: a short word becomes
   * two objects and a table entry; a half-precision float becomes a float twice.
   */
  private static final Map<String, Integer> MEMORY =
      Map.of(WORDS, 28, CHARACTERS, 28, VECTORS, 8, WEIGHTS, 6, CARD, 4);

  private static final Pattern ENCODER_LAYER = Pattern.compile("encoder\\.(\\d+)(\\..*)");
  private static final ObjectMapper JSON = ConfigJson.mapper(new JsonFactory());

  private ModelFile() {}

  /** The stated size and hash of an entry. */
  public record EntryInfo(String name, long bytes, String sha256) {}

  /** A model and the table of its file's entries. */
  public record Contents(TaggerModel model, List<EntryInfo> entries) {}

  // ---- Writing ---------------------------------------------------------------------------------

  /**
   * Writes a model and leaves the stream open. The same model gives the same bytes.
   *
   * @throws IllegalArgumentException if a weight is not finite, or too large for {@code type}
   */
  public static void write(OutputStream out, TaggerModel model, Safetensors.Type type)
      throws IOException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put(WORDS, vocabularyBytes(model.vocabularies().words()));
    contents.put(CHARACTERS, vocabularyBytes(model.vocabularies().characters()));
    if (model.vocabularies().vectors() != null) {
      ByteArrayOutputStream vectors = new ByteArrayOutputStream();
      VectorFile.write(vectors, model.vocabularies().vectors());
      contents.put(VECTORS, vectors.toByteArray());
    }
    contents.put(WEIGHTS, weightBytes(model, type));
    contents.put(CARD, model.card().getBytes(StandardCharsets.UTF_8));
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.set("config", JSON.valueToTree(model.config()));
    ObjectNode labels = json.putObject("labels");
    model.labels().forEach((head, l) -> labels.set(head, labelsJson(l)));
    ObjectNode entries = json.putObject("entries");
    contents.forEach(
        (name, bytes) ->
            entries.putObject(name).put("bytes", bytes.length).put("sha256", Sha256.of(bytes)));
    ZipOutputStream zip = new ZipOutputStream(out);
    put(zip, MODEL, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
      put(zip, entry.getKey(), entry.getValue());
    }
    zip.finish();
    zip.flush();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    // A fixed time without a zone, so that the same model gives the same bytes everywhere.
    entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static byte[] vocabularyBytes(Vocabulary vocabulary) {
    StringBuilder lines = new StringBuilder();
    for (Vocabulary.Entry entry : vocabulary.entries()) {
      lines.append(entry.text()).append('\t').append(entry.count()).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] weightBytes(TaggerModel model, Safetensors.Type type) throws IOException {
    Map<String, FMatrixRMaj> tensors = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        float weight = parameter.value().data[i];
        float stored =
            type == Safetensors.Type.F16 ? Halves.toFloat(Halves.fromFloat(weight)) : weight;
        if (!Float.isFinite(stored)) {
          throw new IllegalArgumentException(
              "tensor " + parameter.name() + " holds " + weight + ", which is not an " + type);
        }
      }
      tensors.put(parameter.name(), parameter.value());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Safetensors.write(bytes, tensors, Map.of(), type);
    return bytes.toByteArray();
  }

  private static JsonNode labelsJson(Labels labels) {
    ObjectNode json = JSON.createObjectNode();
    labels.names().forEach(json.putArray("names")::add);
    if (labels.inside() != null && labels.outside() != null) {
      json.put("inside", labels.inside().name());
      json.put("outside", labels.outside().name());
    }
    return json;
  }

  // ---- Reading ---------------------------------------------------------------------------------

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
    if (!Files.exists(file)) {
      throw new ModelFormatException(file.toString(), "", "no such file");
    }
    if (Files.isDirectory(file)) {
      throw new ModelFormatException(file.toString(), "", "a folder, expected a file");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(in, file.toString());
    }
  }

  /**
   * Reads a model from a stream.
   *
   * @param name the name of the file in messages
   * @throws ModelFormatException if it is broken or not a model
   */
  public static Contents read(InputStream in, String name) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(in)) {
      ZipEntry first = next(zip);
      if (first == null || !first.getName().equals(MODEL)) {
        throw new ModelFormatException(
            name, "", "not a model file: it does not begin with " + MODEL);
      }
      byte[] modelBytes = zip.readNBytes(LARGEST_JSON + 1);
      if (modelBytes.length > LARGEST_JSON) {
        throw new ModelFormatException(name, MODEL, "larger than " + LARGEST_JSON + " bytes");
      }
      JsonNode json = json(modelBytes, name);
      int format = json.path("format").asInt(0);
      if (format != FORMAT && format != FORMAT_WITH_DROPOUT) {
        throw new ModelFormatException(
            name,
            MODEL,
            "format "
                + json.path("format")
                + ", this program reads "
                + FORMAT_WITH_DROPOUT
                + " and "
                + FORMAT);
      }
      List<EntryInfo> infos = infos(json, name);
      Map<String, byte[]> contents = new LinkedHashMap<>();
      for (EntryInfo info : infos) {
        ZipEntry entry = next(zip);
        if (entry == null || !entry.getName().equals(info.name())) {
          throw new ModelFormatException(
              name,
              "",
              "expected entry "
                  + info.name()
                  + ", found "
                  + (entry == null ? "the end of the file" : entry.getName()));
        }
        contents.put(info.name(), content(zip, info, name));
      }
      return new Contents(model(json, format, contents, name), infos);
    } catch (ZipException | EOFException e) {
      throw new ModelFormatException(
          name, "", "broken zip: " + e.getMessage() + "; the file is damaged or cut off");
    }
  }

  private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
    try {
      return zip.getNextEntry();
    } catch (IllegalArgumentException e) {
      throw new ZipException("the name of an entry is not UTF-8");
    }
  }

  private static JsonNode json(byte[] bytes, String name) throws IOException {
    try {
      JsonNode json = JSON.readTree(bytes);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(name, MODEL, "broken JSON: " + e.getOriginalMessage());
    } catch (CharConversionException e) {
      throw new ModelFormatException(name, MODEL, "broken JSON: not UTF-8");
    }
    throw new ModelFormatException(name, MODEL, "not a JSON object");
  }

  private static List<EntryInfo> infos(JsonNode json, String name) throws ModelFormatException {
    List<EntryInfo> infos = new ArrayList<>();
    long memory = 0;
    for (String entry : ENTRIES) {
      JsonNode node = json.path("entries").path(entry);
      if (entry.equals(VECTORS) && node.isMissingNode()) {
        continue;
      }
      long bytes = node.path("bytes").asLong(-1);
      if (bytes < 0 || bytes > LARGEST_ENTRY) {
        throw new ModelFormatException(name, MODEL, "no valid size for " + entry);
      }
      infos.add(new EntryInfo(entry, bytes, node.path("sha256").asText()));
      memory += bytes * Objects.requireNonNull(MEMORY.get(entry));
    }
    // The collector can't use the last quarter for arrays as large as these.
    long most = Runtime.getRuntime().maxMemory() / 4 * 3;
    if (memory > most) {
      throw new ModelFormatException(
          name,
          MODEL,
          "reading it may take "
              + memory / 1_000_000
              + " MB of memory, this JVM has "
              + most / 1_000_000
              + " MB available; raise -Xmx");
    }
    return infos;
  }

  /** Reads in pieces, so that an overstated size costs no memory. */
  private static byte[] content(ZipInputStream zip, EntryInfo info, String name)
      throws IOException {
    byte[] bytes = zip.readNBytes((int) info.bytes() + 1);
    if (bytes.length != info.bytes()) {
      throw new ModelFormatException(
          name,
          info.name(),
          (bytes.length > info.bytes() ? "more than " : bytes.length + " bytes, expected ")
              + info.bytes());
    }
    if (!Sha256.of(bytes).equals(info.sha256())) {
      throw new ModelFormatException(
          name, info.name(), "its SHA-256 is not the one in " + MODEL + "; the file is damaged");
    }
    return bytes;
  }

  private static TaggerModel model(
      JsonNode json, int format, Map<String, byte[]> contents, String name) throws IOException {
    TaggerConfig config;
    Map<String, Labels> labels = new LinkedHashMap<>();
    try {
      config = JSON.treeToValue(json.path("config"), TaggerConfig.class);
      if (config == null) {
        throw new IllegalArgumentException("config is missing");
      }
      for (String head : config.heads().keySet()) {
        labels.put(head, labels(head, json.path("labels").path(head)));
      }
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(
          name, MODEL, "invalid configuration: " + firstLine(e.getOriginalMessage()));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          name, MODEL, "invalid configuration: " + firstLine(e.getMessage()));
    }
    Vocabularies vocabularies =
        new Vocabularies(
            vocabulary(contents, WORDS, name),
            vocabulary(contents, CHARACTERS, name),
            vectors(contents, config.embed().words(), name));
    Map<String, FMatrixRMaj> tensors = tensors(contents, name);
    long found = tensors.values().stream().mapToLong(t -> (long) t.numRows * t.numCols).sum();
    long wanted;
    try {
      wanted = WeightCount.of(config, vocabularies, labels);
    } catch (ArithmeticException e) {
      throw new ModelFormatException(name, MODEL, "the network has too many weights to count");
    }
    if (found != wanted) {
      throw new ModelFormatException(
          name, WEIGHTS, found + " weights, the configuration needs " + wanted);
    }
    TaggerModel model =
        new TaggerModel(
            config,
            vocabularies,
            labels,
            Network.blank(config, vocabularies, labels),
            new String(bytes(contents, CARD), StandardCharsets.UTF_8));
    for (Parameter parameter : model.parameters()) {
      String tensor = format == FORMAT ? parameter.name() : nameWithDropout(parameter.name());
      fill(parameter, tensor, tensors.get(tensor), name);
    }
    return model;
  }

  /** Removes the bytes of the weights from the contents, so that they are not held twice. */
  private static Map<String, FMatrixRMaj> tensors(Map<String, byte[]> contents, String name)
      throws IOException {
    byte[] weights = Objects.requireNonNull(contents.remove(WEIGHTS), WEIGHTS);
    return Safetensors.read(new ByteArrayInputStream(weights), weights.length, name, WEIGHTS)
        .tensors();
  }

  /** Returns the name of a tensor in {@link #FORMAT_WITH_DROPOUT}. */
  private static String nameWithDropout(String name) {
    Matcher layer = ENCODER_LAYER.matcher(name);
    return layer.matches()
        ? "encoder." + (2 * Integer.parseInt(layer.group(1)) + 1) + layer.group(2)
        : name;
  }

  private static void fill(
      Parameter parameter, String tensorName, @Nullable FMatrixRMaj tensor, String name)
      throws ModelFormatException {
    FMatrixRMaj value = parameter.value();
    if (tensor == null || tensor.numRows != value.numRows || tensor.numCols != value.numCols) {
      throw new ModelFormatException(
          name,
          WEIGHTS,
          "tensor "
              + tensorName
              + (tensor == null
                  ? " is missing"
                  : " is ["
                      + tensor.numRows
                      + " x "
                      + tensor.numCols
                      + "], expected ["
                      + value.numRows
                      + " x "
                      + value.numCols
                      + "]"));
    }
    for (int i = 0; i < parameter.size(); i++) {
      if (!Float.isFinite(tensor.data[i])) {
        throw new ModelFormatException(
            name, WEIGHTS, "tensor " + tensorName + " holds " + tensor.data[i]);
      }
    }
    System.arraycopy(tensor.data, 0, value.data, 0, parameter.size());
  }

  private static Labels labels(String head, JsonNode json) {
    List<String> names = new ArrayList<>();
    for (JsonNode label : json.path("names")) {
      if (!label.isTextual()) {
        throw new IllegalArgumentException("head " + head + " has a label that is not a string");
      }
      names.add(label.textValue());
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("head " + head + " has no labels");
    }
    if (!json.has("inside") && !json.has("outside")) {
      return new Labels(names, null, null);
    }
    TagScheme inside = TagScheme.parse(json.path("inside").asText());
    for (String label : names) {
      if (!inside.isTag(label)) {
        throw new IllegalArgumentException(
            "head " + head + " has a label '" + label + "', which is not a tag of " + inside);
      }
    }
    return new Labels(names, inside, TagScheme.parse(json.path("outside").asText()));
  }

  private static Vocabulary vocabulary(Map<String, byte[]> contents, String entry, String name)
      throws ModelFormatException {
    List<Vocabulary.Entry> entries = new ArrayList<>();
    String text = new String(bytes(contents, entry), StandardCharsets.UTF_8);
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from);
      String line = text.substring(from, end < 0 ? text.length() : end);
      from = end < 0 ? text.length() : end + 1;
      int tab = line.lastIndexOf('\t');
      try {
        entries.add(
            new Vocabulary.Entry(
                line.substring(0, Math.max(0, tab)), Integer.parseInt(line.substring(tab + 1))));
      } catch (IllegalArgumentException e) {
        throw new ModelFormatException(
            name, entry, "line " + (entries.size() + 1) + " is not a word, a tab and a count");
      }
    }
    try {
      return new Vocabulary(entries);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(name, entry, firstLine(e.getMessage()));
    }
  }

  private static @Nullable WordVectors vectors(
      Map<String, byte[]> contents, EmbedConfig.@Nullable Words config, String name)
      throws IOException {
    byte[] bytes = contents.get(VECTORS);
    boolean wanted = config != null && config.vectors() != null;
    if (wanted != (bytes != null)) {
      throw new ModelFormatException(
          name,
          MODEL,
          wanted
              ? "embed.words.vectors is set, but the file lacks " + VECTORS
              : VECTORS + " is present, but embed.words.vectors is not set");
    }
    if (config == null || bytes == null) {
      return null;
    }
    try {
      WordVectors vectors = VectorFile.read(new ByteArrayInputStream(bytes), bytes.length);
      if (vectors.dim() == config.dim()) {
        return vectors;
      }
      throw new VectorFormatException(
          "vectors of length " + vectors.dim() + ", embed.words.dim is " + config.dim());
    } catch (VectorFormatException e) {
      throw new ModelFormatException(name, VECTORS, firstLine(e.getMessage()));
    }
  }

  private static byte[] bytes(Map<String, byte[]> contents, String entry) {
    return Objects.requireNonNull(contents.get(entry), entry);
  }

  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
