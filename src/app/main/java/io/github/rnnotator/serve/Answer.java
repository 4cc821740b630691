package io.github.rnnotator.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A response to a client.
 *
 * @param status the HTTP status
 * @param type the content type
 * @param body the content
 * @param headers further headers
 */
record Answer(int status, String type, byte[] body, Map<String, String> headers) {
  static final String JSON = "application/json; charset=utf-8";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Answer ok(String type, byte[] body) {
    return new Answer(200, type, body, Map.of());
  }

  /** Encodes a tree of records, maps and lists as JSON. */
  static Answer json(int status, Object tree, Map<String, String> headers) {
    try {
      return new Answer(status, JSON, MAPPER.writeValueAsBytes(tree), headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Answer error(int status, String message, Map<String, String> headers) {
    return json(status, Map.of("error", message), headers);
  }
}
