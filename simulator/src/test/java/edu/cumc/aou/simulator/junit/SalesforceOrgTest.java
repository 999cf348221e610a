package edu.cumc.aou.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SalesforceOrg(faults = "html on GET /services/data status=418")
class SalesforceOrgTest {
  private static final Set<SalesforceSimulator> SEEN = new HashSet<>();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeEach
  void everyTestHasAnOrgOfItsOwn_theSameInAllItsMethods(SalesforceSimulator org) {
    assertThat(SEEN.add(org)).isTrue();
    assertThat(org.records("Contact")).isEmpty();
    org.create("Contact", Map.of("LastName", "Muster", "AccountId", org.accountId()));
  }

  @Test
  void faultsOfTheClass_strike(SalesforceSimulator org) throws Exception {
    assertThat(status(org)).isEqualTo(418);
    assertThat(org.records("Contact")).hasSize(1);
  }

  @Test
  @SalesforceOrg
  void settingsOfTheMethod_countAlone(SalesforceSimulator org) throws Exception {
    assertThat(status(org)).isEqualTo(200);
  }

  @Test
  @SalesforceOrg(schema = "classpath:visit-schema.json")
  void schema_mayLieBesideTheTests(SalesforceSimulator org) {
    org.create("Visit__c", Map.of("On__c", "2024-02-29"));
    assertThat(org.records("Visit__c")).hasSize(1);
  }

  @Test
  @SalesforceOrg(schema = "src/test/resources/visit-schema.json")
  void schema_mayBeAFile(SalesforceSimulator org) {
    assertThat(org.records("Visit__c")).isEmpty();
  }

  @Nested
  class Inside {
    @Test
    void settingsOfTheOuterClass_count(SalesforceSimulator org) throws Exception {
      assertThat(status(org)).isEqualTo(418);
    }
  }

  /** The example of the manual is the test below, word for word. */
  @Test
  void example_ofTheManual_isTheOneThatRuns() throws IOException {
    String page = Files.readString(Path.of("../docs/simulator.md"));
    Matcher sample = Pattern.compile("(?ms)^```java\\n(@SalesforceOrg.*?)^```$").matcher(page);
    assertThat(sample.find()).isTrue();
    String tests =
        Files.readString(Path.of("src/test/java/edu/cumc/aou/simulator/junit/ContactTest.java"));

    assertThat(sample.group(1).lines().count()).isEqualTo(10);
    assertThat(squeezed(tests)).endsWith(squeezed(sample.group(1)));
  }

  private static String squeezed(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining()).replaceAll("\\s+", "");
  }

  private static int status(SalesforceSimulator org) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(org.url() + "/services/data")).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
