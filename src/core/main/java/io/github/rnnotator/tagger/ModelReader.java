package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.VectorFile;
import io.github.rnnotator.embed.VectorFormatException;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.ModelFile.EntryInfo;
import io.github.rnnotator.text.Sha256;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link ModelFile}, which is untrusted.
 *
 * @param file the name of the file in messages
 * @param isPart whether it is the segmenter of another model
 */
record ModelReader(String file, boolean isPart) {
  private static final int LARGEST_JSON = 4 << 20;
  private static final Pattern ENCODER_LAYER = Pattern.compile("encoder\\.(\\d+)(\\..*)");

  ModelFile.Contents read(InputStream in) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(in)) {
      ZipEntry first = next(zip);
      if (first == null || !first.getName().equals(ModelFile.MODEL)) {
        throw broken("", "not a model file: it does not begin with " + ModelFile.MODEL);
      }
      byte[] json = zip.readNBytes(LARGEST_JSON + 1);
      if (json.length > LARGEST_JSON) {
        throw broken(ModelFile.MODEL, "larger than " + LARGEST_JSON + " bytes");
      }
      Manifest manifest = Manifest.read(json, file);
      Map<String, byte[]> contents = new LinkedHashMap<>();
      for (EntryInfo info : manifest.entries()) {
        ZipEntry entry = next(zip);
        if (entry == null || !entry.getName().equals(info.name())) {
          throw broken(
              "",
              "expected entry "
                  + info.name()
                  + ", found "
                  + (entry == null ? "the end of the file" : entry.getName()));
        }
        contents.put(info.name(), content(zip, info));
      }
      return new ModelFile.Contents(model(manifest, contents), manifest.entries());
    } catch (ZipException | EOFException e) {
      throw broken("", "broken zip: " + e.getMessage() + "; the file is damaged or cut off");
    }
  }

  private ModelFormatException broken(String entry, String problem) {
    return new ModelFormatException(file, entry, problem);
  }

  private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
    try {
      return zip.getNextEntry();
    } catch (IllegalArgumentException e) {
      throw new ZipException("the name of an entry is not UTF-8");
    }
  }

  /** Reads in pieces, so that an overstated size costs no memory. */
  private byte[] content(ZipInputStream zip, EntryInfo info) throws IOException {
    byte[] bytes = zip.readNBytes((int) info.bytes() + 1);
    if (bytes.length != info.bytes()) {
      throw broken(
          info.name(),
          (bytes.length > info.bytes() ? "more than " : bytes.length + " bytes, expected ")
              + info.bytes());
    }
    if (!Sha256.of(bytes).equals(info.sha256())) {
      throw broken(
          info.name(),
          "its SHA-256 is not the one in " + ModelFile.MODEL + "; the file is damaged");
    }
    return bytes;
  }

  private TaggerModel model(Manifest manifest, Map<String, byte[]> contents) throws IOException {
    TaggerConfig config = manifest.config();
    Map<String, Labels> labels = manifest.labels();
    Vocabularies vocabularies =
        new Vocabularies(
            vocabulary(contents, ModelFile.WORDS),
            vocabulary(contents, ModelFile.CHARACTERS),
            vectors(contents, config.embed().words()));
    Map<String, FMatrixRMaj> tensors = tensors(contents);
    long found = tensors.values().stream().mapToLong(t -> (long) t.numRows * t.numCols).sum();
    long expected;
    try {
      expected = WeightCount.of(config, vocabularies, labels);
    } catch (ArithmeticException e) {
      throw broken(ModelFile.MODEL, "the network has too many weights to count");
    }
    if (found != expected) {
      throw broken(ModelFile.WEIGHTS, found + " weights, the configuration needs " + expected);
    }
    Network network = Network.blank(config, vocabularies, labels);
    for (Parameter parameter : network.parameters()) {
      String name =
          manifest.format() == Manifest.FORMAT_WITH_DROPOUT
              ? nameWithDropout(parameter.name())
              : parameter.name();
      fill(parameter, name, tensors.get(name));
    }
    String card = new String(bytes(contents, ModelFile.CARD), StandardCharsets.UTF_8);
    return new TaggerModel(config, vocabularies, labels, network, segmenter(contents), card);
  }

  private @Nullable SegmenterModel segmenter(Map<String, byte[]> contents) throws IOException {
    byte[] network = contents.get(ModelFile.SEGMENTER);
    byte[] words = contents.get(ModelFile.SEGMENTER_WORDS);
    if (network == null && words == null) {
      return null;
    }
    if (network == null || words == null || isPart) {
      throw broken(
          ModelFile.MODEL,
          isPart
              ? "a segmenter in a segmenter"
              : "one of "
                  + ModelFile.SEGMENTER
                  + " and "
                  + ModelFile.SEGMENTER_WORDS
                  + " is missing");
    }
    TaggerModel tagger =
        new ModelReader(file + "!" + ModelFile.SEGMENTER, true)
            .read(new ByteArrayInputStream(network))
            .model();
    try {
      return SegmenterFile.parse(new String(words, StandardCharsets.UTF_8), tagger);
    } catch (IllegalArgumentException e) {
      throw broken(ModelFile.SEGMENTER_WORDS, firstLine(e.getMessage()));
    }
  }

  private Vocabulary vocabulary(Map<String, byte[]> contents, String entry)
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
        throw broken(entry, "line " + (entries.size() + 1) + " is not a word, a tab and a count");
      }
    }
    try {
      return new Vocabulary(entries);
    } catch (IllegalArgumentException e) {
      throw broken(entry, firstLine(e.getMessage()));
    }
  }

  private @Nullable WordVectors vectors(
      Map<String, byte[]> contents, EmbedConfig.@Nullable Words config) throws IOException {
    byte[] bytes = contents.get(ModelFile.VECTORS);
    boolean wanted = config != null && config.vectors() != null;
    if (wanted != (bytes != null)) {
      throw broken(
          ModelFile.MODEL,
          wanted
              ? "embed.words.vectors is set, but the file lacks " + ModelFile.VECTORS
              : ModelFile.VECTORS + " is present, but embed.words.vectors is not set");
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
      throw broken(ModelFile.VECTORS, firstLine(e.getMessage()));
    }
  }

  /** Removes the bytes of the weights from the contents, so that they are not held twice. */
  private Map<String, FMatrixRMaj> tensors(Map<String, byte[]> contents) throws IOException {
    byte[] weights = Objects.requireNonNull(contents.remove(ModelFile.WEIGHTS), ModelFile.WEIGHTS);
    return Safetensors.read(
            new ByteArrayInputStream(weights), weights.length, file, ModelFile.WEIGHTS)
        .tensors();
  }

  /** Returns the name of a tensor in {@link Manifest#FORMAT_WITH_DROPOUT}. */
  private static String nameWithDropout(String name) {
    Matcher layer = ENCODER_LAYER.matcher(name);
    return layer.matches()
        ? "encoder." + (2 * Integer.parseInt(layer.group(1)) + 1) + layer.group(2)
        : name;
  }

  private void fill(Parameter parameter, String name, @Nullable FMatrixRMaj tensor)
      throws ModelFormatException {
    FMatrixRMaj value = parameter.value();
    if (tensor == null || tensor.numRows != value.numRows || tensor.numCols != value.numCols) {
      throw broken(
          ModelFile.WEIGHTS,
          "tensor "
              + name
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
        throw broken(ModelFile.WEIGHTS, "tensor " + name + " holds " + tensor.data[i]);
      }
    }
    System.arraycopy(tensor.data, 0, value.data, 0, parameter.size());
  }

  private static byte[] bytes(Map<String, byte[]> contents, String entry) {
    return Objects.requireNonNull(contents.get(entry), entry);
  }

  static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
