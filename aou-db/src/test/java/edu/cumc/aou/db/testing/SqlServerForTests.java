package edu.cumc.aou.db.testing;

import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.Login;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.testcontainers.mssqlserver.MSSQLServerContainer;

/**
 * The SQL Server that the suites run on: the one named by {@code -Daou.test.sqlserver.url}, {@code
 * .user} and {@code .password}, else one in a container where a Docker daemon answers. The suites
 * have a database of their own there, which is dropped when this process ends.
 */
final class SqlServerForTests {

  /** Makes the absence of a server a failure instead of a reason to skip. */
  static final boolean REQUIRED = Boolean.getBoolean("aou.test.sqlserver.required");

  private static final String IMAGE = "mcr.microsoft.com/mssql/server:2022-latest";

  private static Optional<SqlServerForTests> instance = Optional.empty();
  private static boolean asked;

  private final DatabaseSettings server;
  private final String database = "aou_test_" + ProcessHandle.current().pid();

  private SqlServerForTests(DatabaseSettings server) {
    this.server = server;
  }

  /** The settings of the suites' database; empty when there is no server. */
  static synchronized Optional<DatabaseSettings> settings() {
    if (!asked) {
      asked = true;
      instance = named().or(SqlServerForTests::contained);
      instance.ifPresentOrElse(
          SqlServerForTests::createDatabase,
          () ->
              System.out.println(
                  "SQL Server suites are skipped: no server is named by -Daou.test.sqlserver.url, and no Docker daemon"
                      + " answers"));
    }
    return instance.map(SqlServerForTests::database);
  }

  private static Optional<SqlServerForTests> named() {
    String url = System.getProperty("aou.test.sqlserver.url", "");
    return url.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SqlServerForTests(
                DatabaseSettings.of(url)
                    .withLogin(
                        System.getProperty("aou.test.sqlserver.user"),
                        DatabaseSecret.of(System.getProperty("aou.test.sqlserver.password", "")))));
  }

  /** The container ends with this process. */
  @SuppressWarnings("resource")
  private static Optional<SqlServerForTests> contained() {
    if (!dockerAnswers()) {
      return Optional.empty();
    }
    MSSQLServerContainer container = new MSSQLServerContainer(IMAGE).acceptLicense();
    container.start();
    return Optional.of(
        new SqlServerForTests(
            DatabaseSettings.of(container.getJdbcUrl())
                .withLogin(container.getUsername(), DatabaseSecret.of(container.getPassword()))));
  }

  /** Asks the daemon itself, for two seconds: a client that is installed proves nothing. */
  private static boolean dockerAnswers() {
    String host = System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
    try {
      return CompletableFuture.supplyAsync(() -> answersPing(URI.create(host)))
          .get(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      return false;
    }
  }

  private static boolean answersPing(URI host) {
    boolean local = "unix".equals(host.getScheme());
    SocketAddress address =
        local
            ? UnixDomainSocketAddress.of(host.getPath())
            : new InetSocketAddress(host.getHost(), host.getPort());
    try (SocketChannel channel =
        local ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open()) {
      channel.connect(address);
      channel.write(
          ByteBuffer.wrap("GET /_ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      InputStream answer = Channels.newInputStream(channel);
      return new String(answer.readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private DatabaseSettings database() {
    String url = server.jdbcUrl().replaceAll("(?i);database(name)?=[^;]*", "");
    return DatabaseSettings.of(url + ";databaseName=" + database)
        .withLogin(server.login())
        .withTimeouts(Duration.ofSeconds(15), Duration.ofMinutes(2), Duration.ofSeconds(30));
  }

  private void createDatabase() {
    execute("CREATE DATABASE " + database);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> execute("DROP DATABASE " + database)));
  }

  private void execute(String sql) {
    Login.Sql login = (Login.Sql) server.login();
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), login.user(), login.password().reveal());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("the suites' own database could not be made or dropped", e);
    }
  }
}
