package edu.cumc.aou.db.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import org.h2.tools.Server;

/** An H2 server until its input ends. The argument is the directory of its databases. */
final class BenchmarkServer {

  private BenchmarkServer() {}

  public static void main(String[] args) throws SQLException, IOException {
    Server server =
        Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", args[0]).start();
    System.out.println(DatabaseBenchmark.RESULT + "\t" + server.getPort());
    while (System.in.read() >= 0) {
      // nobody says anything
    }
    server.stop();
  }
}
