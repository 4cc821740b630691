package io.github.rnnotator.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A model file without zip and hashes, which would reject nearly all fuzzer inputs before the
 * entries are read: the concatenated entries with {@link #CUT} between them.
 */
final class ModelParts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] CUT = "\n~~~~\n".getBytes(StandardCharsets.US_ASCII);
  private static final List<String> NAMES =
      List.of(
          "model.json",
          "words.txt",
          "chars.txt",
          "vectors.vec",
          "weights.safetensors",
          "MODEL_CARD.md");

  private ModelParts() {}

  /** The parts of a model file; one that it lacks is empty. */
  static byte[] of(byte[] model) throws IOException {
    byte[][] parts = new byte[NAMES.size()][0];
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(model))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts[NAMES.indexOf(entry.getName())] = zip.readAllBytes();
      }
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int i = 0; i < parts.length; i++) {
      joined.write(i == 0 ? new byte[0] : CUT);
      joined.write(parts[i]);
    }
    return joined.toByteArray();
  }

  /** Builds a model file of these parts, with correct sizes and hashes if the JSON allows them. */
  static byte[] zip(byte[] joined) throws IOException {
    List<byte[]> parts = split(joined);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setLevel(1);
      put(zip, NAMES.get(0), withEntries(parts));
      for (int i = 1; i < NAMES.size(); i++) {
        if (!isLeftOut(i, parts)) {
          put(zip, NAMES.get(i), parts.get(i));
        }
      }
    }
    return file.toByteArray();
  }

  private static boolean isLeftOut(int part, List<byte[]> parts) {
    return NAMES.get(part).equals("vectors.vec") && parts.get(part).length == 0;
  }

  private static byte[] withEntries(List<byte[]> parts) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(parts.get(0));
    } catch (JsonProcessingException | CharConversionException e) {
      return parts.get(0);
    }
    if (!(json instanceof ObjectNode object)) {
      return parts.get(0);
    }
    ObjectNode entries = object.putObject("entries");
    for (int i = 1; i < NAMES.size(); i++) {
      if (!isLeftOut(i, parts)) {
        byte[] bytes = parts.get(i);
        entries.putObject(NAMES.get(i)).put("bytes", bytes.length).put("sha256", sha256(bytes));
      }
    }
    return JSON.writeValueAsBytes(object);
  }

  private static List<byte[]> split(byte[] joined) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int at = 0; at + CUT.length <= joined.length && parts.size() < NAMES.size() - 1; at++) {
      if (Arrays.equals(joined, at, at + CUT.length, CUT, 0, CUT.length)) {
        parts.add(Arrays.copyOfRange(joined, from, at));
        from = at + CUT.length;
        at = from - 1;
      }
    }
    parts.add(Arrays.copyOfRange(joined, from, joined.length));
    while (parts.size() < NAMES.size()) {
      parts.add(new byte[0]);
    }
    return parts;
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
