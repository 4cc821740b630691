package io.github.rnnotator.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rnnotator.io.CorpusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * An input file or record that was set aside.
 *
 * @param file the name of the input file
 * @param line the line, from 1; 0 for the whole file
 * @param column the character in the line, from 1; 0 for the whole line
 * @param reason the reason
 * @param badInput whether the input is at fault, not the machine
 */
record Failure(String file, int line, int column, String reason, boolean badInput) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Failure of(String file, IOException e) {
    if (e instanceof CorpusException broken) {
      return new Failure(file, broken.line(), broken.column(), broken.problem(), true);
    }
    String reason =
        e instanceof AccessDeniedException
            ? "permission denied"
            : e instanceof NoSuchFileException ? "no such file" : "can't be read: " + say(e);
    return new Failure(file, 0, 0, reason, false);
  }

  static String say(Throwable e) {
    String message = e.getMessage();
    return (message == null ? e.toString() : message).replaceAll("\\s+", " ");
  }

  /** Returns a line of {@code _failed.jsonl}. */
  byte[] toJson() throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("file", FileNames.display(file));
    if (!FileNames.isText(file)) {
      json.put("fileBytes", FileNames.escaped(file));
    }
    if (line > 0) {
      json.put("line", line);
    }
    if (column > 0) {
      json.put("column", column);
    }
    // Unpaired surrogates, which the input may contain, can't be encoded.
    byte[] encodable = reason.getBytes(StandardCharsets.UTF_8);
    json.put("reason", new String(encodable, StandardCharsets.UTF_8));
    return (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the file name in a line of {@code _failed.jsonl}. */
  static String fileOf(String line) throws IOException {
    JsonNode json = JSON.readTree(line);
    return json.has("fileBytes")
        ? FileNames.ofEscaped(json.path("fileBytes").asText())
        : json.path("file").asText();
  }

  /** Returns the failure as an exception that stops a run. */
  IOException asException() {
    String name = FileNames.display(file);
    String place = name + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "");
    return badInput
        ? new CorpusException(name, line, column, reason)
        : new IOException(place + ": " + reason);
  }
}
