package io.github.rnnotator.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests, in lower-case hexadecimal. */
public final class Sha256 {
  private Sha256() {}

  /** A writer of bytes. */
  @FunctionalInterface
  public interface Content {
    /** Writes all bytes to the stream and leaves it open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Creates a digest for bytes that arrive in parts; {@link #hex} ends it. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns the value of a digest and resets it. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the digest of an array. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** Returns the digest of what is written. */
  public static String of(Content content) throws IOException {
    MessageDigest digest = digest();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      content.writeTo(out);
    }
    return hex(digest);
  }

  /** Reads a stream to its end, closes it, and returns the digest of its bytes. */
  public static String of(InputStream in) throws IOException {
    MessageDigest digest = digest();
    try (InputStream bytes = new DigestInputStream(in, digest)) {
      bytes.transferTo(OutputStream.nullOutputStream());
    }
    return hex(digest);
  }
}
