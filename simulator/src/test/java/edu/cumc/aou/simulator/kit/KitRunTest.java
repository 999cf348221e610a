package edu.cumc.aou.simulator.kit;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit on an org that it reaches by settings alone, as it reaches a sandbox. */
class KitRunTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  static Map<String, String> clientCredentials(String url) {
    Map<String, String> settings = new HashMap<>();
    settings.put("login-url", url);
    settings.put("auth.type", "client-credentials");
    settings.put("auth.client-id", "invented-client-id");
    settings.put("auth.client-secret", "invented-client-secret");
    return settings;
  }

  private KitRun.End run(Map<String, String> settings) throws IOException {
    return new KitRun(settings, new PrintStream(said, true, StandardCharsets.UTF_8))
        .run(folder.resolve("verdicts.txt"));
  }

  private List<String> verdicts() throws IOException {
    return Files.readAllLines(folder.resolve("verdicts.txt"));
  }

  /** An org in a process of its own. */
  static final class Served {
    public static void main(String[] args) throws Exception {
      try (SalesforceSimulator org = SalesforceSimulator.builder().start()) {
        org.create("Contact", Map.of("LastName", "Somebody"));
        System.out.println(org.url() + " " + org.credentials().organizationId());
        System.in.read();
        System.out.println(org.records("Contact").count() + " " + org.records("Lead").count());
        System.out.println(org.records("Opportunity").count());
      }
    }
  }

  @Test
  void orgInAnotherProcess_isAsked_andIsAfterwardsAsItWas() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Served.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String[] place = lineWith(out, "http").split(" ");
      Map<String, String> settings = clientCredentials(place[0]);

      assertThat(run(settings)).isEqualTo(KitRun.End.NOT_BEGUN);
      settings.put("confirm", place[1]);
      assertThat(run(settings))
          .as(said.toString(StandardCharsets.UTF_8))
          .isEqualTo(KitRun.End.ALL_HOLD);

      assertThat(verdicts())
          .hasSizeGreaterThan(60)
          .allMatch(line -> line.matches("\\d+ (holds|not asked).*"))
          .contains("36 holds: days lie between 1700-01-01 and 4000-12-31")
          .noneMatch(line -> line.matches(".*(P0\\d{8}|003|00D|Kit).*"));
      process.getOutputStream().close();
      assertThat(out.readLine()).isEqualTo("1 0");
      assertThat(out.readLine()).isEqualTo("1");
    } finally {
      process.destroyForcibly();
    }
  }

  private static String lineWith(BufferedReader out, String text) throws IOException {
    String line = out.readLine();
    while (line != null && !line.contains(text)) {
      line = out.readLine();
    }
    return String.valueOf(line);
  }

  @Test
  void nothingIsWritten_beforeItIsConfirmed_norInProduction() throws IOException {
    try (SalesforceSimulator org = SalesforceSimulator.builder().start();
        SalesforceSimulator production = SalesforceSimulator.builder().sandbox(false).start()) {
      assertThat(run(clientCredentials(org.url()))).isEqualTo(KitRun.End.NOT_BEGUN);
      assertThat(said.toString(StandardCharsets.UTF_8))
          .contains("-Daou.test.salesforce.confirm=" + org.credentials().organizationId());
      Map<String, String> settings = clientCredentials(production.url());
      settings.put("confirm", production.credentials().organizationId());
      assertThat(run(settings)).isEqualTo(KitRun.End.NOT_BEGUN);

      for (SalesforceSimulator one : List.of(org, production)) {
        assertThat(one.requestCounts())
            .containsOnlyKeys("POST /services/oauth2/token", "GET /services/data/{version}/query");
      }
      assertThat(folder.resolve("verdicts.txt")).doesNotExist();
    }
  }

  @Test
  void orgThatDiffers_isToldByNumberAndLine_andCleanedAllTheSame() throws IOException {
    try (SalesforceSimulator org =
        SalesforceSimulator.builder()
            .pmiFieldUnique(false)
            .fault(DeclaredFault.parse("html on GET /limits"))
            .start()) {
      Map<String, String> settings = clientCredentials(org.url());
      settings.put("confirm", org.credentials().organizationId());

      assertThat(run(settings)).isEqualTo(KitRun.End.SOME_DIFFER);

      assertThat(verdicts())
          .anyMatch(line -> line.matches("7 differs \\(RequestRules.java:\\d+\\): a call .*"))
          .contains(
              "16 not asked, as Contact has no text that is a unique external id: upserts answer"
                  + " 201, then 200");
      assertThat(org.records("Contact").filter(r -> !Boolean.TRUE.equals(r.get("IsDeleted"))))
          .isEmpty();
    }
  }
}
