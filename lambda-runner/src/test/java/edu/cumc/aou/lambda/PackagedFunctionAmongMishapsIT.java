package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.lambda.RuntimeApi.Outcome;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.sync.testing.AwsStub;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged function, run by Lambda's runtime client, while its surroundings misbehave. */
@Tag("slow")
class PackagedFunctionAmongMishapsIT {

  private static final Duration QUARTER_OF_AN_HOUR = Duration.ofMinutes(15);
  private static final String PASSWORD = "invented";

  @TempDir Path directory;
  private Site site;
  private InstalledJava java;

  @BeforeEach
  void unpack() throws IOException {
    assumeTrue(InstalledJava.ofFeature(17).isPresent(), "Java 17 is not installed here");
    java = InstalledJava.ofFeature(17).orElseThrow();
    Zip.unpack(Path.of("target", "aou-sync-lambda.zip"), directory.resolve("task"));
  }

  private void open(Runnable atRequests, UnaryOperator<SalesforceSimulatorBuilder> kind)
      throws IOException {
    site =
        new Site(
            Files.createDirectory(directory.resolve("site")),
            Clock.systemUTC(),
            Duration.ZERO,
            20,
            request -> atRequests.run(),
            kind);
  }

  @AfterEach
  void close() {
    if (site != null) {
      site.close();
    }
  }

  private RunningFunction start() throws IOException {
    return RunningFunction.start(java, directory, site.environment);
  }

  @Test
  void twoInvocationsAtOnce_oneWorksAndTheOtherSaysSo() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    open(
        () -> {
          if (requests.incrementAndGet() == 6) {
            underWay.countDown();
            await(goOn);
          }
        },
        UnaryOperator.identity());
    Path second = Files.createDirectory(directory.resolve("second"));
    Zip.unpack(Path.of("target", "aou-sync-lambda.zip"), second.resolve("task"));
    try (RunningFunction one = start();
        RunningFunction other = RunningFunction.start(java, second, site.environment)) {
      CompletableFuture<Outcome> works = one.begin("{\"initialLoad\": true}", QUARTER_OF_AN_HOUR);
      await(underWay);

      Outcome refused = other.invoke("{}", QUARTER_OF_AN_HOUR);
      goOn.countDown();

      assertThat(status(refused)).isEqualTo("ALREADY_RUNNING");
      assertThat(status(works.get(2, TimeUnit.MINUTES))).isEqualTo("DONE");
      assertThat(status(other.invoke("{}", QUARTER_OF_AN_HOUR))).isEqualTo("DONE");
      assertThat(site.contacts()).isEqualTo(distinct());
    }
  }

  private long distinct() {
    return site.org
        .records("Contact")
        .map(c -> c.get("HP_PMI_ID__c"))
        .filter(Objects::nonNull)
        .distinct()
        .count();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void thawedEnvironment_worksWithConnectionsThatDiedMeanwhile() throws IOException {
    open(() -> {}, UnaryOperator.identity());
    try (RunningFunction function = start()) {
      assertThat(status(function.invoke("{\"initialLoad\": true}", QUARTER_OF_AN_HOUR)))
          .isEqualTo("DONE");
      function.freeze();
      site.stopDatabases();
      site.startDatabases();
      function.thaw();

      assertThat(status(function.invoke("{}", QUARTER_OF_AN_HOUR))).isEqualTo("DONE");
    }
  }

  @Test
  void deadDatabase_isToldAndTheNextInvocationWorks() throws IOException {
    open(() -> {}, UnaryOperator.identity());
    site.stopDatabases();
    try (RunningFunction function = start()) {
      Outcome refused = function.invoke("{\"initialLoad\": true}", QUARTER_OF_AN_HOUR);
      site.startDatabases();

      assertThat(refused.failed()).isTrue();
      assertThat(refused.body()).contains("UNAVAILABLE: ").doesNotContain(Site.STORE_PASSWORD);
      assertThat(status(function.invoke("{\"initialLoad\": true}", QUARTER_OF_AN_HOUR)))
          .isEqualTo("DONE");
    }
  }

  @Test
  void deadSalesforce_isToldAndTheNextInvocationWorks() throws IOException {
    open(() -> {}, UnaryOperator.identity());
    try (RunningFunction function = start()) {
      site.org.faults().on("*", ".*", n -> true, Fault.html(503));
      Outcome refused = function.invoke("{\"initialLoad\": true}", QUARTER_OF_AN_HOUR);
      site.org.faults().clear();

      assertThat(refused.failed()).isTrue();
      assertThat(refused.body()).contains("UNAVAILABLE: ");
      assertThat(status(function.invoke("{\"initialLoad\": true}", QUARTER_OF_AN_HOUR)))
          .isEqualTo("DONE");
    }
  }

  @Test
  void jwtKeyByReference_isReadAgainWhenItWasRotated() throws Exception {
    KeyStore first = keys("first");
    KeyStore second = keys("second");
    open(
        () -> {},
        org -> {
          try {
            return org.certificate((X509Certificate) second.getCertificate(PASSWORD));
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
          }
        });
    site.environment.remove("AOU_SALESFORCE_PASSWORD");
    site.environment.remove("AOU_SALESFORCE_SECURITY_TOKEN");
    try (AwsStub aws = new AwsStub()) {
      site.environment.putAll(aws.services());
      aws.secret("aou-sync/org", json("key", pem(first)))
          .secretAfter("aou-sync/org", 1, json("key", pem(second)));
      site.configure(
          """
          salesforce.auth = null
          salesforce.auth {
            type = jwt, client-id = "%s", username = "%s"
            private-key = "secret:aou-sync/org#key"
          }
          """
              .formatted(site.org.credentials().clientId(), site.org.credentials().username()));
      try (RunningFunction function = start()) {
        assertThat(status(function.invoke("{\"initialLoad\": true}", QUARTER_OF_AN_HOUR)))
            .isEqualTo("DONE");
        assertThat(aws.reads()).hasSize(2);
        assertThat(site.contacts()).isPositive();
        assertThat(function.log()).doesNotContain(pem(second).substring(40, 80));
      }
    }
  }

  /** Salesforce's password changes before the first login, the store's between two invocations. */
  @Test
  void rotatedPasswords_reachTheRunningFunction() throws IOException {
    open(() -> {}, UnaryOperator.identity());
    try (AwsStub aws = new AwsStub()) {
      site.environment.putAll(aws.extension());
      site.environment.put("AOU_SALESFORCE_PASSWORD", "secret:aou-sync/org#password");
      site.environment.put("AOU_STORE_PASSWORD", "ssm:/aou-sync/store");
      aws.secret("aou-sync/org", json("password", "invented-outdated"))
          .secretAfter("aou-sync/org", 1, json("password", site.org.credentials().password()))
          .parameter("/aou-sync/store", Site.STORE_PASSWORD);
      try (RunningFunction function = start()) {
        assertThat(status(function.invoke("{\"initialLoad\": true}", QUARTER_OF_AN_HOUR)))
            .isEqualTo("DONE");
        assertThat(aws.reads())
            .containsExactlyInAnyOrder("aou-sync/org", "aou-sync/org", "/aou-sync/store");
        site.changeStorePassword("invented-rotated-password");
        aws.parameter("/aou-sync/store", "invented-rotated-password");
        // connections of the old password end as they do when a pool lets go of them
        site.stopDatabases();
        site.startDatabases();

        Outcome next = function.invoke("{}", QUARTER_OF_AN_HOUR);

        assertThat(status(next)).isEqualTo("DONE");
        assertThat(aws.reads()).filteredOn("/aou-sync/store"::equals).hasSize(2);
        assertThat(next.body() + function.log())
            .doesNotContain("invented-outdated", "invented-rotated-password", Site.STORE_PASSWORD)
            .doesNotContain(site.org.credentials().password());
      }
    }
  }

  private KeyStore keys(String name) throws Exception {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                PASSWORD,
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static String pem(KeyStore store) throws GeneralSecurityException {
    byte[] key = store.getKey(PASSWORD, PASSWORD.toCharArray()).getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static String json(String key, String value) throws IOException {
    return new ObjectMapper().writeValueAsString(Map.of(key, value));
  }

  private static String status(Outcome outcome) throws IOException {
    assertThat(outcome.failed()).as(outcome.body()).isFalse();
    JsonNode answer = new ObjectMapper().readTree(outcome.body());
    return answer.at("/status").asText();
  }
}
