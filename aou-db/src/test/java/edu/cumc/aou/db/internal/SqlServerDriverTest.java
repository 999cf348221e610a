package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.TrustStore;
import edu.cumc.aou.db.testing.TdsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SQL Server's own driver against a server that speaks its protocol. */
class SqlServerDriverTest {

  private static final String PASSWORD = "invented";

  @TempDir private static Path directory;

  private static Path server;
  private static Path trust;

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = directory.resolve("server.p12");
    trust = directory.resolve("trust.p12");
    Path certificate = directory.resolve("server.pem");
    keytool(
        server,
        "-genkeypair -alias server -keyalg RSA -keysize 2048 -dname CN=db.example.org -ext san=dns:db.example.org");
    keytool(server, "-exportcert -rfc -alias server -file " + certificate);
    keytool(trust, "-importcert -noprompt -alias server -file " + certificate);
  }

  private static void keytool(Path store, String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).as("keytool").isZero();
  }

  private static SSLContext certificate() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(server)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static DatabaseSettings settings(TdsServer tds, String more) {
    return DatabaseSettings.of(
            "jdbc:sqlserver://localhost:" + tds.port() + ";connectRetryCount=0" + more)
        .withLogin("reader", DatabaseSecret.of("invented"))
        .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(5));
  }

  private static DatabaseException failure(DatabaseSettings settings) {
    try (Database database = Database.open(settings, next -> {})) {
      return catchThrowableOfType(
          DatabaseException.class, () -> database.read("testing", h -> h.execute("SELECT 1")));
    }
  }

  private static void assertFails(Kind kind, DatabaseSettings settings) {
    assertThat(failure(settings).kind()).isEqualTo(kind);
  }

  @Test
  void certificate_ofAnUnknownAuthority_isUntrusted() throws Exception {
    try (TdsServer tds = TdsServer.showing(certificate())) {
      assertFails(Kind.UNTRUSTED, settings(tds, ""));
    }
  }

  @Test
  void certificate_trustedButOfAnotherHost_saysSo() throws Exception {
    try (TdsServer tds = TdsServer.showing(certificate())) {
      assertFails(
          Kind.OTHER_HOST,
          settings(tds, "")
              .withTrustStore(new TrustStore(trust.toString(), DatabaseSecret.of(PASSWORD))));
    }
  }

  @Test
  void server_withoutTls_isToldAsThat() {
    try (TdsServer tds = TdsServer.answering(sql -> 0)) {
      assertFails(Kind.NO_TLS, settings(tds, ""));
    }
  }

  @Test
  void property_thatTheDriverRefuses_isNamed() {
    try (TdsServer tds = TdsServer.answering(sql -> 0)) {
      DatabaseException failure = failure(settings(tds, ";applicationIntent=foo"));
      assertThat(failure.kind()).isEqualTo(Kind.BAD_PROPERTY);
      assertThat(failure.property()).isEqualTo("applicationIntent");
    }
  }

  @Test
  void trustStore_thatIsNotThereOrLocked_saysSo() throws Exception {
    try (TdsServer tds = TdsServer.showing(certificate())) {
      assertFails(
          Kind.TRUST_STORE,
          settings(tds, "").withTrustStore(new TrustStore("/nowhere/trust.p12", null)));
      assertFails(
          Kind.TRUST_STORE,
          settings(tds, "")
              .withTrustStore(new TrustStore(trust.toString(), DatabaseSecret.of("mistaken"))));
      assertFails(
          Kind.TRUST_STORE, settings(tds, ";trustStorePassword=mistaken;trustStore=" + trust));
      assertFails(Kind.TRUST_STORE, settings(tds, ";trustStore=/nowhere/trust.p12"));
    }
  }

  @Test
  void tls_olderThanJavaAccepts_saysSo() throws Exception {
    try (TdsServer tds = TdsServer.showing(certificate())) {
      assertFails(Kind.TLS_VERSION, settings(tds, ";sslProtocol=TLSv1"));
    }
  }

  private static TdsServer answering(ToIntFunction<String> errors) {
    return TdsServer.answering(errors);
  }

  private static DatabaseSettings plain(TdsServer tds) {
    return settings(tds, ";encrypt=false");
  }

  @Test
  void login_refused_isTriedOnce() {
    AtomicInteger logins = new AtomicInteger();
    try (TdsServer tds =
        answering(
            sql -> {
              if (sql.equals(TdsServer.LOGIN_STATEMENT)) {
                logins.incrementAndGet();
                return 18456;
              }
              return 0;
            })) {
      assertFails(Kind.LOGIN_REFUSED, plain(tds));
    }
    // an account is locked after some
    assertThat(logins).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"1205, 3", "3960, 3", "1222, 3", "2627, 1", "208, 1", "9002, 1"})
  void unitOfWork_failingTwice_isRepeatedWhereItMayBe(int number, int tries) {
    AtomicInteger count = new AtomicInteger();
    try (TdsServer tds =
            answering(sql -> sql.contains("work") && count.incrementAndGet() <= 2 ? number : 0);
        Database database = Database.open(plain(tds), next -> {})) {
      DatabaseException thrown =
          catchThrowableOfType(
              DatabaseException.class,
              () ->
                  database.write(
                      "testing",
                      h -> {
                        try (var statement = h.getConnection().createStatement()) {
                          return statement.execute("DELETE FROM work");
                        } catch (java.sql.SQLException e) {
                          throw DriverFailures.of("testing", e);
                        }
                      }));
      assertThat(count).hasValue(tries);
      if (tries == 3) {
        assertThat(thrown).isNull();
        assertThat(tds.statements()).filteredOn(s -> s.contains("rollback")).hasSize(2);
      } else {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        assertThat(text.toString()).contains(String.valueOf(number)).doesNotContain("P012345678");
      }
    }
  }
}
