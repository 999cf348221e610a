package edu.cumc.aou.db.benchmark;

import edu.cumc.aou.sync.testing.MeasuredProcess;
import java.io.IOException;
import java.sql.SQLException;
import org.h2.tools.Server;

/** An H2 server until its input ends. The argument is the directory of its databases. */
final class BenchmarkServer {

  private BenchmarkServer() {}

  public static void main(String[] args) throws SQLException, IOException {
    Server server =
        Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", args[0]).start();
    MeasuredProcess.say(String.valueOf(server.getPort()));
    MeasuredProcess.awaitClose();
    server.stop();
  }
}
