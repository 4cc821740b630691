package io.github.rnnotator.serve;

import com.sun.net.httpserver.HttpExchange;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Texts to be tagged: one as {@code text/plain}, or any number as {@code application/json}, see
 * {@link TextsOfJson}.
 *
 * @param documents of valid UTF-16; several have their numbers as names
 * @param model the model's name, empty for the first
 */
record TagRequest(List<Document> documents, String model) {
  /** Bytes in addition to the text: a byte-order mark, or the rest of the JSON. */
  private static final int ROOM = 1024;

  /** Bytes read of a body that is too long, so that its sender can read the answer. */
  private static final long DRAINED = 64L << 20;

  private static final Map<String, String> TAKEN =
      Map.of("Accept-Post", "text/plain, application/json");

  /** Reads a request up to the limit. */
  static TagRequest read(HttpExchange exchange, int maxChars) throws IOException, Refusal {
    boolean json = isJson(exchange.getRequestHeaders().getFirst("Content-Type"));
    String model = model(exchange.getRequestURI().getRawQuery());
    // A unit takes at most three bytes of UTF-8, or six in JSON.
    long most = (json ? 6L : 3L) * maxChars + ROOM;
    byte[] body = body(exchange, (int) Math.min(most, Integer.MAX_VALUE - 16), maxChars);
    String content = decode(body);
    TagRequest request =
        json
            ? TextsOfJson.of(content, model)
            : new TagRequest(List.of(Document.of(content)), model);
    long length = 0;
    for (Document document : request.documents) {
      length += document.text().length();
      requireCharacters(document.text());
      for (TaggedSentence sentence : document.sentences()) {
        for (String form : sentence.sentence().forms()) {
          length += form.length() + 1L;
          requireCharacters(form);
        }
      }
    }
    if (length > maxChars) {
      throw tooLong(maxChars);
    }
    return request;
  }

  private static void requireCharacters(String text) throws Refusal {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
        throw new Refusal(400, "unpaired surrogate at UTF-16 unit " + i + " of the text");
      }
    }
  }

  private static boolean isJson(String contentType) throws Refusal {
    String[] parts = String.valueOf(contentType).toLowerCase(Locale.ROOT).split(";", -1);
    String type = parts[0].strip();
    if (!type.equals("text/plain") && !type.equals("application/json")) {
      throw new Refusal(415, "expected Content-Type text/plain or application/json", TAKEN);
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        throw new Refusal(415, "expected UTF-8", TAKEN);
      }
    }
    return type.equals("application/json");
  }

  private static String model(String query) throws Refusal {
    String model = "";
    for (String pair : query == null ? new String[0] : query.split("&")) {
      if (!pair.startsWith("model=")) {
        throw new Refusal(400, "the only parameter is model");
      }
      try {
        model = URLDecoder.decode(pair.substring("model=".length()), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw new Refusal(400, "the parameter model is not valid percent-encoding");
      }
    }
    return model;
  }

  private static byte[] body(HttpExchange exchange, int most, int maxChars)
      throws IOException, Refusal {
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(most + 1);
    if (body.length <= most) {
      return body;
    }
    byte[] buffer = new byte[1 << 14];
    long drained = 0;
    for (int read = 0; read >= 0 && drained < DRAINED; drained += read) {
      read = in.read(buffer);
    }
    throw tooLong(maxChars);
  }

  private static Refusal tooLong(int maxChars) {
    return new Refusal(413, "the text is longer than " + maxChars + " characters");
  }

  private static String decode(byte[] body) throws Refusal {
    ByteBuffer bytes = ByteBuffer.wrap(body);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new Refusal(400, "not UTF-8 at byte " + bytes.position());
    }
  }
}
