package io.github.rnnotator.io;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Decompresses consecutive Zstandard frames. The library's own stream does not detect when a frame
 * after the first is truncated. For one thread.
 */
final class ZstdInput extends InputStream {
  private static final int SIZE = 1 << 17;

  private final InputStream in;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final byte[] block = new byte[SIZE];
  private final ByteBuffer packed = ByteBuffer.allocateDirect(SIZE).flip();
  private final ByteBuffer plain = ByteBuffer.allocateDirect(SIZE).flip();
  private boolean betweenFrames = true;
  private boolean ended;

  ZstdInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!plain.hasRemaining()) {
      // If the buffer is full, the decoder may have more output.
      boolean full = plain.limit() == plain.capacity();
      if (!packed.hasRemaining() && !(full && !betweenFrames) && !fill()) {
        return -1;
      }
      plain.clear();
      betweenFrames = context.decompressDirectByteBufferStream(plain, packed);
      plain.flip();
      if (!plain.hasRemaining() && !packed.hasRemaining() && !betweenFrames && !fill()) {
        return -1;
      }
    }
    int read = Math.min(length, plain.remaining());
    plain.get(bytes, offset, read);
    return read;
  }

  private boolean fill() throws IOException {
    int read = ended ? -1 : in.read(block);
    ended = read < 0;
    if (ended && !betweenFrames) {
      throw new EOFException("the last frame is truncated");
    }
    packed.clear();
    packed.put(block, 0, Math.max(0, read)).flip();
    return !ended;
  }

  @Override
  public void close() throws IOException {
    context.close();
    in.close();
  }
}
