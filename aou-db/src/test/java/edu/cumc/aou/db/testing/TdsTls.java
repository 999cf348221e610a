package edu.cumc.aou.db.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** The server's side of a handshake, in packets as the protocol has it. */
final class TdsTls {

  private TdsTls() {}

  static void handshake(SSLContext tls, TdsChannel channel) throws IOException {
    SSLEngine engine = tls.createSSLEngine();
    engine.setUseClientMode(false);
    engine.beginHandshake();
    ByteBuffer clear = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    ByteBuffer wire = ByteBuffer.allocate(8 * engine.getSession().getPacketBufferSize());
    ByteBuffer came = ByteBuffer.allocate(0);
    // all that is said before it is the client's turn is one message
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
      } else if (status == HandshakeStatus.NEED_WRAP) {
        wire.clear();
        engine.wrap(ByteBuffer.allocate(0), wire);
        wire.flip();
        said.write(wire.array(), 0, wire.remaining());
      } else if (status == HandshakeStatus.NEED_UNWRAP
          || status == HandshakeStatus.NEED_UNWRAP_AGAIN) {
        if (!came.hasRemaining()) {
          if (said.size() > 0) {
            channel.send(said.toByteArray());
            said.reset();
          }
          came = ByteBuffer.wrap(channel.read().body());
        }
        engine.unwrap(came, clear);
      } else {
        return;
      }
    }
  }
}
