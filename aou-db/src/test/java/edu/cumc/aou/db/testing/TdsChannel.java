package edu.cumc.aou.db.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Messages in packets, as MS-TDS cuts them. One thread reads and one writes. */
final class TdsChannel {

  static final int SQL_BATCH = 1;
  static final int REMOTE_CALL = 3;
  static final int ANSWER = 4;
  static final int ATTENTION = 6;
  static final int BULK_LOAD = 7;
  static final int TRANSACTION = 14;
  static final int LOGIN = 16;
  static final int PRELOGIN = 18;

  /** What is spoken unless both agree on more. */
  private static final int PACKET = 4096;

  private static final int HEADER = 8;
  private static final int LAST = 1;
  private static final int IGNORE = 2;

  private final DataInputStream in;
  private final OutputStream out;

  TdsChannel(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  record Message(int type, byte[] body) {}

  /** The next message that its sender did not take back. */
  Message read() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int type = in.readUnsignedByte();
      int status = in.readUnsignedByte();
      int length = in.readUnsignedShort();
      in.readInt();
      body.write(in.readNBytes(length - HEADER));
      if ((status & IGNORE) != 0) {
        body.reset();
      } else if ((status & LAST) != 0) {
        return new Message(type, body.toByteArray());
      }
    }
  }

  /** A whole answer, or its end. */
  void send(byte[] body) throws IOException {
    send(body, true);
  }

  /** A part of an answer that goes on. */
  void sendPart(byte[] body) throws IOException {
    send(body, false);
  }

  private synchronized void send(byte[] body, boolean end) throws IOException {
    int from = 0;
    do {
      int to = Math.min(body.length, from + PACKET - HEADER);
      boolean last = end && to == body.length;
      ByteBuffer packet = ByteBuffer.allocate(HEADER + to - from);
      packet.put((byte) ANSWER).put((byte) (last ? LAST : 0));
      packet.putShort((short) (HEADER + to - from)).putInt(1 << 8);
      out.write(packet.put(body, from, to - from).array());
      from = to;
    } while (from < body.length);
    out.flush();
  }
}
