package edu.cumc.aou.salesforce.internal.bulk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A text that is written once and read whenever it must be sent. Its first megabytes are kept as
 * they are, the rest compressed: a hundred megabytes of CSV take about fourteen of memory. Personal
 * data, so never on disk. Not thread-safe while it is written.
 */
final class CsvBody {

  private static final int CHUNK = 64 * 1024;

  /** A job of ten thousand usual rows is shorter, and need not be compressed. */
  private static final int PLAIN = 4 * 1024 * 1024;

  private final Chunks plain = new Chunks();
  private final Chunks compressed = new Chunks();
  private long length;

  /** Takes the text; close it before reading. */
  OutputStream writer() {
    return new Writer();
  }

  /** Bytes of the text. */
  long length() {
    return length;
  }

  /** The text from its beginning. */
  InputStream open() {
    InputStream first = plain.open();
    return length <= PLAIN
        ? first
        : new SequenceInputStream(first, new InflaterInputStream(compressed.open()));
  }

  private final class Writer extends OutputStream {
    private final byte[] one = new byte[1];
    private @Nullable Deflater deflater;
    private @Nullable OutputStream rest;

    @Override
    public void write(int b) throws IOException {
      one[0] = (byte) b;
      write(one, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      int fits = (int) Math.min(count, Math.max(0, PLAIN - length));
      if (fits > 0) {
        plain.write(bytes, offset, fits);
      }
      if (fits < count) {
        rest().write(bytes, offset + fits, count - fits);
      }
      length += count;
    }

    private OutputStream rest() {
      OutputStream known = rest;
      if (known == null) {
        deflater = new Deflater(Deflater.BEST_SPEED);
        known = new DeflaterOutputStream(compressed, deflater, CHUNK);
        rest = known;
      }
      return known;
    }

    @Override
    public void close() throws IOException {
      try {
        if (rest != null) {
          rest.close();
        }
      } finally {
        if (deflater != null) {
          deflater.end();
        }
      }
    }
  }

  private static final class Chunks extends OutputStream {
    private final List<byte[]> chunks = new ArrayList<>();

    @Override
    public void write(int b) {
      chunks.add(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      chunks.add(Arrays.copyOfRange(bytes, offset, offset + count));
    }

    InputStream open() {
      return new SequenceInputStream(
          Collections.enumeration(
              chunks.stream().map(c -> (InputStream) new ByteArrayInputStream(c)).toList()));
    }
  }
}
