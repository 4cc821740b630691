package io.github.rnnotator.batch;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Names of files below a folder, with slashes. Two names are equal if and only if the bytes of the
 * paths are, in every locale: the bytes are decoded as UTF-8, and a byte that is not UTF-8 becomes
 * the lone surrogate {@code U+DC00 + byte} (as in Python's {@code surrogateescape}). Use {@link
 * #display} to print a name.
 */
final class FileNames {
  private static final boolean BYTES = File.separatorChar == '/';
  private static final int ESCAPE = 0xDC00;

  private FileNames() {}

  /** Returns the name of a file below a folder. */
  static String of(Path folder, Path file) {
    Path relative = folder.relativize(file);
    if (!BYTES) {
      return relative.toString().replace(File.separatorChar, '/');
    }
    String text = relative.toString();
    if (isAscii(text)) {
      return text;
    }
    // A URI preserves the bytes of a path in every locale.
    String uri = Path.of("/").resolve(relative).toUri().getRawPath();
    int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
    return decode(unescape(uri.substring(1, end)));
  }

  /** Returns the file of a name. */
  static Path resolve(Path folder, String name) {
    if (!BYTES || isAscii(name)) {
      return folder.resolve(name);
    }
    Path absolute = Path.of(URI.create("file:///" + escaped(name)));
    return folder.resolve(Path.of("/").relativize(absolute));
  }

  /** Returns the name as text: a byte that is not UTF-8 is {@code %XX}. */
  static String display(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> {
              if (isEscape(c)) {
                escape(text, c - ESCAPE);
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  /** Whether all bytes of the name are UTF-8, so that {@link #display} is the name itself. */
  static boolean isText(String name) {
    return name.codePoints().noneMatch(FileNames::isEscape);
  }

  /**
   * Escapes the bytes of a name as in a URI: all but letters, digits and a few others are {@code
   * %XX}.
   */
  static String escaped(String name) {
    StringBuilder uri = new StringBuilder();
    for (byte b : bytes(name)) {
      char c = (char) (b & 0xff);
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
        uri.append(c);
      } else if ("/._-~".indexOf(c) >= 0) {
        uri.append(c);
      } else {
        escape(uri, c);
      }
    }
    return uri.toString();
  }

  /** Inverse of {@link #escaped}. */
  static String ofEscaped(String uri) {
    return decode(unescape(uri));
  }

  /** Returns the number of bytes of the last part of a name. */
  static int bytesOfLast(String name) {
    return bytes(name.substring(name.lastIndexOf('/') + 1)).length;
  }

  /** Whether an untrusted name stays below the folder. */
  static boolean isBelow(String name) {
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return name.codePoints()
        .allMatch(
            c ->
                c != 0
                    && (BYTES || c != '\\' && c != ':')
                    && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE || isEscape(c)));
  }

  private static boolean isEscape(int c) {
    return c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static void escape(StringBuilder text, int b) {
    text.append(String.format(Locale.ROOT, "%%%02X", b));
  }

  private static byte[] unescape(String uri) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < uri.length(); i++) {
      if (uri.charAt(i) == '%' && i + 2 < uri.length()) {
        bytes.write(Integer.parseInt(uri.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(uri.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    name.codePoints()
        .forEach(
            c -> {
              if (isEscape(c)) {
                bytes.write(c - ESCAPE);
              } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
              }
            });
    return bytes.toByteArray();
  }

  private static String decode(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        return out.flip().toString();
      }
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (ESCAPE + (in.get() & 0xff)));
      }
    }
  }
}
