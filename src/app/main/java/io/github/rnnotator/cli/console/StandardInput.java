package io.github.rnnotator.cli.console;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Standard input, with exceptions that name it. */
public final class StandardInput extends FilterInputStream {
  public StandardInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      throw located(e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return super.read(bytes, from, length);
    } catch (IOException e) {
      throw located(e);
    }
  }

  private static IOException located(IOException e) {
    return new IOException("standard input: " + e.getMessage(), e);
  }
}
