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

/**
 * A text that is written once and read whenever it must be sent, kept compressed: a hundred
 * megabytes of CSV take about ten of memory. Personal data, so never on disk. Not thread-safe while
 * it is written.
 */
final class CsvBody {

  private static final int CHUNK = 64 * 1024;

  private final List<byte[]> chunks = new ArrayList<>();
  private long length;

  /** Takes the text; close it before reading. */
  OutputStream writer() {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    return new DeflaterOutputStream(new Chunks(), deflater, CHUNK) {
      @Override
      public void write(byte[] bytes, int offset, int count) throws IOException {
        super.write(bytes, offset, count);
        length += count;
      }

      @Override
      public void close() throws IOException {
        try {
          super.close();
        } finally {
          deflater.end();
        }
      }
    };
  }

  /** Bytes of the text. */
  long length() {
    return length;
  }

  /** The text from its beginning. */
  InputStream open() {
    return new InflaterInputStream(
        new SequenceInputStream(
            Collections.enumeration(
                chunks.stream().map(c -> (InputStream) new ByteArrayInputStream(c)).toList())));
  }

  private final class Chunks extends OutputStream {
    @Override
    public void write(int b) {
      chunks.add(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      chunks.add(Arrays.copyOfRange(bytes, offset, offset + count));
    }
  }
}
