package edu.cumc.aou.lambda;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.tools.Server;

/** An H2 server in this process, which a function may have as its store in a sandbox. */
final class H2Server implements AutoCloseable {

  private Server server;

  private H2Server(Server server) {
    this.server = server;
  }

  static H2Server start() {
    return new H2Server(at(0));
  }

  private static Server at(int port) {
    try {
      return Server.createTcpServer("-tcpPort", String.valueOf(port), "-ifNotExists", "-tcpDaemon")
          .start();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Is back where it was; connections from before are dead. */
  void startAgain() {
    server = at(server.getPort());
  }

  /** The URL of a database of this server. */
  String url(Path database) {
    return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + database.toAbsolutePath();
  }

  @Override
  public void close() {
    server.stop();
  }
}
