package io.github.rnnotator.tagger;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.ops.Halves;
import io.github.rnnotator.tagger.ModelFile.EntryInfo;
import io.github.rnnotator.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The zip of a model file of any kind: {@code model.json} first, which states the size and the
 * SHA-256 of every other entry, then these. Files are untrusted, see {@link ModelFile}.
 */
public final class ModelZip {
  private static final int LARGEST_JSON = 4 << 20;
  private static final long LARGEST_ENTRY = Integer.MAX_VALUE - 16;

  /** Bytes read or digested at a time. */
  private static final int BLOCK = 1 << 14;

  /** Smaller entries are allocated at once. */
  private static final int FIRST_BLOCK = 1 << 20;

  private final String file;
  private final Map<String, byte[]> contents;

  private ModelZip(String file, Map<String, byte[]> contents) {
    this.file = file;
    this.contents = contents;
  }

  /** Parses {@code model.json}. */
  public interface HeaderReader {
    /** Returns the entries that must follow, in order. */
    List<EntryInfo> read(byte[] json) throws IOException;
  }

  /**
   * Reads {@code model.json} and no more.
   *
   * @param file the name of the file in messages
   */
  public static byte[] header(InputStream in, String file) throws IOException {
    return header(new ZipInputStream(in), file);
  }

  private static byte[] header(ZipInputStream zip, String file) throws IOException {
    ZipEntry first = next(zip);
    if (first == null || !first.getName().equals(ModelFile.MODEL)) {
      throw new ModelFormatException(
          file, "", "not a model file: it does not begin with " + ModelFile.MODEL);
    }
    byte[] json = zip.readNBytes(LARGEST_JSON + 1);
    if (json.length > LARGEST_JSON) {
      throw new ModelFormatException(
          file, ModelFile.MODEL, "larger than " + LARGEST_JSON + " bytes");
    }
    return json;
  }

  /**
   * Reads a file and closes it.
   *
   * @param file its name in messages
   * @throws ModelFormatException if it is not as {@code model.json} says
   */
  public static ModelZip read(InputStream in, String file, HeaderReader header) throws IOException {
    return read(in, file, header, entry -> true);
  }

  /**
   * As above, but reads only some entries, and nothing after the last of them.
   *
   * @param wanted whether to read the entry of a name
   */
  static ModelZip read(InputStream in, String file, HeaderReader header, Predicate<String> wanted)
      throws IOException {
    try (ZipInputStream zip = new BlockwiseZip(in)) {
      ModelZip read = new ModelZip(file, new LinkedHashMap<>());
      List<EntryInfo> entries = header.read(header(zip, file));
      long missing = entries.stream().filter(info -> wanted.test(info.name())).count();
      for (EntryInfo info : entries) {
        if (read.contents.size() == missing) {
          break;
        }
        ZipEntry entry = next(zip);
        if (entry == null || !entry.getName().equals(info.name())) {
          String found = entry == null ? "the end of the file" : entry.getName();
          throw read.broken("", "expected entry " + info.name() + ", found " + found);
        }
        if (wanted.test(info.name())) {
          read.contents.put(info.name(), read.content(zip, info));
        }
      }
      return read;
    } catch (ZipException | EOFException e) {
      throw new ModelFormatException(
          file, "", "broken zip: " + e.getMessage() + "; the file is damaged or cut off");
    }
  }

  /** Inflates larger blocks than the 512 bytes of its superclass. */
  private static final class BlockwiseZip extends ZipInputStream {
    BlockwiseZip(InputStream from) {
      super(from);
      in = new PushbackInputStream(from, BLOCK);
      buf = new byte[BLOCK];
    }
  }

  private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
    try {
      return zip.getNextEntry();
    } catch (IllegalArgumentException e) {
      throw new ZipException("the name of an entry is not UTF-8");
    }
  }

  private byte[] content(ZipInputStream zip, EntryInfo info) throws IOException {
    int size = (int) info.bytes();
    // Grows with what is read, so that an overstated size costs no memory.
    byte[] bytes = new byte[Math.min(FIRST_BLOCK, size)];
    int read = zip.readNBytes(bytes, 0, bytes.length);
    while (read == bytes.length && read < size) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(4L * read, size));
      read += zip.readNBytes(bytes, read, bytes.length - read);
    }
    if (read < size) {
      throw broken(info.name(), read + " bytes, expected " + size);
    }
    if (zip.read() >= 0) {
      throw broken(info.name(), "more than " + size);
    }
    if (!sha256(bytes).equals(info.sha256())) {
      throw broken(
          info.name(),
          "its SHA-256 is not the one in " + ModelFile.MODEL + "; the file is damaged");
    }
    return bytes;
  }

  /** In blocks, since only a second call runs the compiled loop of a digest. */
  private static String sha256(byte[] bytes) {
    MessageDigest digest = Sha256.digest();
    for (int from = 0; from < bytes.length; from += BLOCK) {
      digest.update(bytes, from, Math.min(BLOCK, bytes.length - from));
    }
    return Sha256.hex(digest);
  }

  /**
   * Reads the table of entries.
   *
   * @param json {@code model.json}
   * @param names the entries that a file may have, in order
   * @param optional those that it may lack
   * @param memory the bytes of memory that a byte of each may take while it is read
   * @throws ModelFormatException if one is missing, or they do not fit into memory
   */
  public static List<EntryInfo> entries(
      JsonNode json,
      String file,
      List<String> names,
      Set<String> optional,
      Map<String, Integer> memory)
      throws ModelFormatException {
    List<EntryInfo> entries = new ArrayList<>();
    long needed = 0;
    for (String entry : names) {
      JsonNode node = json.path("entries").path(entry);
      if (optional.contains(entry) && node.isMissingNode()) {
        continue;
      }
      long bytes = node.path("bytes").asLong(-1);
      if (bytes < 0 || bytes > LARGEST_ENTRY) {
        throw new ModelFormatException(file, ModelFile.MODEL, "no valid size for " + entry);
      }
      entries.add(new EntryInfo(entry, bytes, node.path("sha256").asText()));
      needed += bytes * Objects.requireNonNull(memory.get(entry));
    }
    // The collector can't use the last quarter for arrays as large as these.
    long most = Runtime.getRuntime().maxMemory() / 4 * 3;
    if (needed > most) {
      throw new ModelFormatException(
          file,
          ModelFile.MODEL,
          "reading it may take "
              + needed / 1_000_000
              + " MB of memory, this JVM has "
              + most / 1_000_000
              + " MB available; raise -Xmx");
    }
    return entries;
  }

  /** Returns an exception that names the file, the entry and the problem. */
  public ModelFormatException broken(String entry, String problem) {
    return new ModelFormatException(file, entry, problem);
  }

  /** Returns the bytes of an entry; null if the file lacks it. */
  public byte @Nullable [] get(String entry) {
    return contents.get(entry);
  }

  /** Returns the text of an entry that the file has. */
  public String text(String entry) {
    return new String(Objects.requireNonNull(contents.get(entry), entry), StandardCharsets.UTF_8);
  }

  /** Reads a vocabulary: a string, a tab and a count per line. */
  public Vocabulary vocabulary(String entry) throws ModelFormatException {
    List<Vocabulary.Entry> entries = new ArrayList<>();
    String text = text(entry);
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

  /** Finds the weights, and drops their bytes so that they are not held longer than needed. */
  public StoredWeights weights() throws IOException {
    byte[] weights = Objects.requireNonNull(contents.remove(ModelFile.WEIGHTS), ModelFile.WEIGHTS);
    return new StoredWeights(this, Safetensors.find(weights, file, ModelFile.WEIGHTS));
  }

  /** Drops the bytes of an entry that has been read. */
  void drop(String entry) {
    contents.remove(entry);
  }

  static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }

  /** Returns the table of entries with these bytes. */
  public static List<EntryInfo> table(Map<String, byte[]> contents) {
    List<EntryInfo> entries = new ArrayList<>();
    contents.forEach(
        (name, bytes) -> entries.add(new EntryInfo(name, bytes.length, Sha256.of(bytes))));
    return entries;
  }

  /** Writes a file and leaves the stream open. The same contents give the same bytes. */
  public static void write(OutputStream out, byte[] header, Map<String, byte[]> contents)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    put(zip, ModelFile.MODEL, header);
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

  /** Returns a vocabulary as {@link #vocabulary} reads it. */
  public static byte[] bytes(Vocabulary vocabulary) {
    StringBuilder lines = new StringBuilder();
    for (Vocabulary.Entry entry : vocabulary.entries()) {
      lines.append(entry.text()).append('\t').append(entry.count()).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns weights as {@link #tensors} reads them.
   *
   * @throws IllegalArgumentException if a weight is not finite, or too large for {@code type}
   */
  public static byte[] bytes(List<Parameter> parameters, Safetensors.Type type) throws IOException {
    Map<String, FMatrixRMaj> tensors = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
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
}
