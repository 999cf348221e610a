package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.lambda.RuntimeApi.Outcome;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.sync.testing.Canaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the packaged function does: the zip as it is deployed, unpacked, run by Lambda's own runtime
 * client in a process of its own.
 */
abstract class PackagedFunctionContract {

  private static final Path PACKAGE = Path.of("target", "aou-sync-lambda.zip");
  private static final Duration QUARTER_OF_AN_HOUR = Duration.ofMinutes(15);

  /** The margin of the function and the least that a batch needs are more. */
  private static final Duration TOO_LITTLE = Duration.ofSeconds(85);

  @TempDir Path directory;
  private Site site;
  private InstalledJava java;

  /** The Java to run it on; empty if there is none. */
  abstract Optional<InstalledJava> java();

  /** Why there may be none. */
  abstract String absence();

  @BeforeEach
  void open() throws IOException {
    Optional<InstalledJava> found = java();
    assumeTrue(found.isPresent(), this::absence);
    java = found.get();
    System.out.println("The packaged function runs on Java " + java.feature() + ", " + java.home());
    site =
        new Site(
            Files.createDirectory(directory.resolve("site")), Clock.systemUTC(), Duration.ZERO, 60);
    Zip.unpack(PACKAGE, directory.resolve("task"));
  }

  @AfterEach
  void close() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void zip_isSmallEnoughToBeUploadedAndStartedQuickly() throws IOException {
    assertThat(Files.size(PACKAGE)).isLessThan(20_000_000);
  }

  @Test
  void severalInvocations_areServedByOneProcess() throws IOException {
    try (RunningFunction function = start()) {
      JsonNode first = answer(function.invoke("{\"initialLoad\": true}", QUARTER_OF_AN_HOUR));
      long logins = site.org.logins();
      JsonNode second = answer(function.invoke("{}", QUARTER_OF_AN_HOUR));

      assertThat(first.at("/status").asText()).isEqualTo("DONE");
      assertThat(first.at("/contacts/inserted").asLong()).isEqualTo(site.contacts()).isPositive();
      assertThat(sum(first.at("/contacts"))).isEqualTo(first.at("/contacts/rows").asLong());
      assertThat(second.at("/status").asText()).isEqualTo("DONE");
      assertThat(second.at("/planned")).isEmpty();
      // what the first one put together still serves
      assertThat(site.org.logins()).isEqualTo(logins);

      JsonNode refused = error(function.invoke("{\"dryRun\": true}", QUARTER_OF_AN_HOUR));
      assertThat(refused.at("/errorMessage").asText())
          .contains("its key dryRun is not known", "Nothing was run");

      site.source.dropJourneys();
      JsonNode broken = error(function.invoke("{}", QUARTER_OF_AN_HOUR));
      assertThat(broken.at("/errorMessage").asText()).startsWith("CONFIG: ").contains("source.");
      site.loadSource();
      assertThat(answer(function.invoke("{}", QUARTER_OF_AN_HOUR)).at("/status").asText())
          .isEqualTo("DONE");

      assertThat(function.isAlive()).isTrue();
      assertNothingPersonal(first + "\n" + second + "\n" + broken + "\n" + function.log());
    }
  }

  @Test
  void timeOver_isContinuedByTheNextInvocation() throws IOException {
    try (RunningFunction function = start()) {
      JsonNode first = answer(function.invoke("{}", TOO_LITTLE));
      assertThat(first.at("/status").asText()).isEqualTo("CONTINUE");
      assertThat(site.contacts()).isZero();

      JsonNode second = answer(function.invoke("{}", QUARTER_OF_AN_HOUR));

      assertThat(second.at("/status").asText()).isEqualTo("DONE");
      assertThat(second.at("/run")).isEqualTo(first.at("/run"));
      assertThat(second.at("/contacts/inserted").asLong()).isEqualTo(site.contacts()).isPositive();
    }
  }

  @Test
  void wrongPassword_isAnErrorWithoutIt() throws IOException {
    site.environment.put("AOU_SALESFORCE_PASSWORD", "not-the-password");
    try (RunningFunction function = start()) {
      Outcome outcome = function.invoke("{}", QUARTER_OF_AN_HOUR);

      assertThat(error(outcome).at("/errorMessage").asText()).startsWith("AUTH: ");
      assertThat(error(outcome).at("/errorType").asText())
          .isEqualTo(SyncFailedException.class.getName());
      assertNothingPersonal(outcome.body() + function.log());
      assertThat(outcome.body() + function.log()).doesNotContain("not-the-password");
    }
  }

  @Test
  void mishaps_tellNothingThatWasPlanted() throws IOException {
    Canaries canaries = new Canaries();
    site.plant(canaries);
    site.environment.put("AOU_LOG_LEVEL", "TRACE");
    site.environment.put("AOU_LOG_LEVEL_OTHERS", "TRACE");
    StringBuilder told = new StringBuilder();
    try (RunningFunction function = start()) {
      told.append(function.invoke("{\"mode\": \"plan\"}", QUARTER_OF_AN_HOUR));
      told.append(function.invoke("{\"initialLoad\": true}", QUARTER_OF_AN_HOUR));
      assertThat(site.org.records("Contact").map(c -> String.valueOf(c.get("LastName"))))
          .as("what is looked for does come through")
          .anyMatch(name -> name.startsWith(Canaries.MARK));
      List<Fault> faults =
          List.of(
              Fault.error(400, "MALFORMED_QUERY", "near " + canaries.plant("query")),
              Fault.error(400, "INVALID_FIELD", canaries.plant("field")),
              Fault.html(200),
              Fault.expiredSession(),
              Fault.requestLimitExceeded());
      for (Fault fault : faults) {
        site.plant(canaries);
        site.org.faults().on("*", ".+/(query|composite/.+)", n -> n <= 2, fault);
        told.append(function.invoke("{}", QUARTER_OF_AN_HOUR));
        site.org.faults().clear();
      }
      site.source.dropJourneys();
      told.append(function.invoke("{}", QUARTER_OF_AN_HOUR));

      assertThat(told).contains("failed=true");
      assertThat(function.log()).contains("\"level\":\"ERROR\"").contains("\"requestId\"");
      canaries.watchAll("a Salesforce id", site.ids());
      assertThat(canaries.leaks("the answers", told.toString())).isEmpty();
      assertThat(canaries.leaks("the log", function.log())).isEmpty();
    }
  }

  @Test
  void missingSettings_areAllNamed() throws IOException {
    site.environment.clear();
    try (RunningFunction function = start()) {
      JsonNode error = error(function.invoke("{}", QUARTER_OF_AN_HOUR));

      assertThat(error.at("/errorMessage").asText())
          .contains("AOU_SOURCE_JDBC_URL", "AOU_STORE_JDBC_URL", "AOU_ACCOUNT_ID");
    }
  }

  @Test
  void incompletePackage_isAnErrorOfInitialisation() throws IOException {
    try (Stream<Path> jars = Files.list(directory.resolve("task/lib"))) {
      for (Path jar :
          jars.filter(j -> j.getFileName().toString().startsWith("jul-to-slf4j")).toList()) {
        Files.delete(jar);
      }
    }
    try (RunningFunction function = start()) {
      assertThat(function.initError()).contains("org/slf4j/bridge");
      assertThat(function.exitValue()).isNotZero();
    }
  }

  private RunningFunction start() throws IOException {
    return RunningFunction.start(java, directory, site.environment);
  }

  private void assertNothingPersonal(String text) {
    assertThat(text).doesNotContain(Site.SOURCE_PASSWORD, Site.STORE_PASSWORD);
    assertThat(text).doesNotContainPattern("P[0-9]{8}").doesNotContain("@example");
    assertThat(site.org.records("Contact").map(c -> String.valueOf(c.get("Id"))))
        .noneMatch(text::contains);
  }

  private static long sum(JsonNode balance) {
    return Stream.of(
            "inserted adopted updated unchanged frozen held skipped rejected refused failed"
                .split(" "))
        .mapToLong(outcome -> balance.at("/" + outcome).asLong())
        .sum();
  }

  private static JsonNode answer(Outcome outcome) throws IOException {
    assertThat(outcome.failed()).as(outcome.body()).isFalse();
    return new ObjectMapper().readTree(outcome.body());
  }

  private static JsonNode error(Outcome outcome) throws IOException {
    assertThat(outcome.failed()).as(outcome.body()).isTrue();
    return new ObjectMapper().readTree(outcome.body());
  }
}
