package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.fault.NamedFault;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredFaultTest {

  private static SalesforceSimulator with(String... faults) {
    SalesforceSimulatorBuilder builder = SalesforceSimulator.builder().clock(new VirtualClock());
    for (String fault : faults) {
      builder.fault(DeclaredFault.parse(fault));
    }
    return builder.start();
  }

  private static List<Integer> statuses(SalesforceSimulator org, String path, int calls) {
    Caller caller = Caller.loggedIn(org);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      statuses.add(caller.get(path).statusCode());
    }
    return statuses;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nth=3 | 200,200,503,200,200,200",
        "every=2 | 200,503,200,503,200,503",
        "from=2 to=4 | 200,503,503,503,200,200",
        "from=5 | 200,200,200,200,503,503",
        "to=2 | 503,503,200,200,200,200",
        "'' | 503,503,503,503,503,503",
        "probability=0 seed=3 | 200,200,200,200,200,200",
        "probability=1 | 503,503,503,503,503,503"
      },
      quoteCharacter = '\'')
  void occurrence_saysWhichRequestsMeetTheFault(String occurrence, String expected) {
    try (SalesforceSimulator org = with("unavailable on GET /limits " + occurrence)) {
      List<Integer> wanted = List.of(expected.split(",")).stream().map(Integer::valueOf).toList();

      assertThat(statuses(org, DATA + "/limits", 6)).isEqualTo(wanted);
    }
  }

  @Test
  void probability_meetsTheSameRequestsWithTheSameSeed() {
    List<List<Integer>> runs = new ArrayList<>();
    for (int seed : new int[] {5, 5, 6}) {
      try (SalesforceSimulator org =
          with("html on * /** probability=0.5 status=500 seed=" + seed)) {
        List<Integer> statuses = new ArrayList<>();
        Caller caller = new Caller(org);
        for (int i = 0; i < 40; i++) {
          statuses.add(caller.get("/services/data").statusCode());
        }
        runs.add(statuses);
      }
    }

    assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains(200, 500).isNotEqualTo(runs.get(2));
  }

  @ParameterizedTest
  @CsvSource({
    "/limits, /services/data/v62.0/limits, true",
    "/LIMITS, /services/data/v59.0/limits/, true",
    "/limits, /services/data/v62.0/limits/recordCount, false",
    "/limits/**, /services/data/v62.0/limits/recordCount, true",
    "/limits/**, /services/data/v62.0/limits, true",
    "/sobjects/*/describe, /services/data/v62.0/sobjects/Contact/describe, true",
    "/sobjects/*, /services/data/v62.0/sobjects/Contact/describe, false",
    "/sobjects/Con*, /services/data/v62.0/sobjects/Contact, true",
    "/services/oauth2/*, /services/oauth2/userinfo, true",
    "/**, /services/oauth2/userinfo, true",
    "/.*, /services/data/v62.0/limits, false"
  })
  void path_isAPatternOfParts(String pattern, String path, boolean meets) {
    try (SalesforceSimulator org = with("error status=418 on GET " + pattern)) {
      Caller caller = Caller.loggedIn(org);

      assertThat(caller.get(path).statusCode() == 418).isEqualTo(meets);
    }
  }

  @Test
  void settings_shapeTheFault() {
    try (SalesforceSimulator org =
        with(
            "unavailable on GET /limits nth=1 retry-after=2m",
            "error on GET /limits nth=2 status=400 code=QUERY_TIMEOUT message='took too long'",
            "redirect on GET /limits nth=3 location=https://elsewhere.example.org/ status=301",
            "empty on GET /limits nth=4",
            "locked-row on GET /limits nth=5",
            "request-limit on GET /limits nth=6",
            "expired-session on GET /limits nth=7")) {
      Caller caller = Caller.loggedIn(org);

      assertThat(caller.get(DATA + "/limits").headers().firstValue("Retry-After")).contains("120");
      assertThat(
              assertError(caller.get(DATA + "/limits"), 400, "QUERY_TIMEOUT")
                  .path("message")
                  .asText())
          .isEqualTo("took too long");
      HttpResponse<String> redirect = caller.get(DATA + "/limits");
      assertThat(redirect.statusCode()).isEqualTo(301);
      assertThat(redirect.headers().firstValue("Location"))
          .contains("https://elsewhere.example.org/");
      assertThat(caller.get(DATA + "/limits").body()).isEmpty();
      assertError(caller.get(DATA + "/limits"), 400, "UNABLE_TO_LOCK_ROW");
      assertError(caller.get(DATA + "/limits"), 403, "REQUEST_LIMIT_EXCEEDED");
      assertError(caller.get(DATA + "/limits"), 401, "INVALID_SESSION_ID");
    }
  }

  @Test
  void journeyFaults_reachTheAutomation() {
    VirtualClock clock = new VirtualClock();
    try (SalesforceSimulator org =
        SalesforceSimulator.builder()
            .clock(clock)
            .fault(DeclaredFault.parse("journeys-doubled share=1"))
            .fault(DeclaredFault.parse("journeys-late share=1 by=1h"))
            .start()) {
      org.create("Contact", Map.of("LastName", "Muster"));

      clock.advance(Duration.ofMinutes(59));
      assertThat(org.records("Opportunity")).isEmpty();
      clock.advance(Duration.ofMinutes(1));
      assertThat(org.records("Opportunity")).hasSize(2);
    }
  }

  @Test
  void missingJourneys_neverCome() {
    VirtualClock clock = new VirtualClock();
    try (SalesforceSimulator org =
        SalesforceSimulator.builder()
            .clock(clock)
            .fault(DeclaredFault.parse("journeys-missing"))
            .start()) {
      org.create("Contact", Map.of("LastName", "Muster"));
      clock.advance(Duration.ofDays(400));

      assertThat(org.records("Opportunity")).isEmpty();
    }
  }

  @Test
  void everyNamedFault_worksWithItsDefaults() {
    for (NamedFault fault : NamedFault.all()) {
      assertThat(DeclaredFault.parse(fault.name())).hasToString(fault.name());
      assertThat(fault.description()).isNotBlank();
    }
  }

  @Test
  void mapOfAFile_meansTheSameAsALine() {
    Map<String, String> settings = new HashMap<>();
    settings.put("fault", "error");
    settings.put("on", "GET /limits");
    settings.put("nth", "1");
    settings.put("status", "500");
    try (SalesforceSimulator org =
        SalesforceSimulator.builder().fault(DeclaredFault.of(settings)).start()) {
      assertThat(statuses(org, DATA + "/limits", 2)).containsExactly(500, 200);
      assertThat(org.faults().tallies())
          .singleElement()
          .satisfies(
              tally -> {
                assertThat(tally.rule()).startsWith("error").contains(" on GET /limits");
                assertThat(tally.matched()).isEqualTo(2);
                assertThat(tally.struck()).isEqualTo(1);
              });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unavailble | There is no fault 'unavailble'; the faults are unavailable, error, html",
        "on GET /limits | A fault has no name; the faults are",
        "nth=1 | A fault has no name; the faults are",
        "html stats=200 | The fault html has no 'stats'; its settings are every, from, nth, on",
        "journeys-late nth=1 | The fault journeys-late has no 'nth'; its settings are by, seed",
        "html status=abc | The fault html: status must be a whole number from 200 to 599",
        "html status=99 | The fault html: status must be a whole number from 200 to 599",
        "journeys-missing share=2 | The fault journeys-missing: share must be a number from 0 to 1",
        "unavailable retry-after=soon | retry-after must be a time such as 500ms, 30s",
        "unavailable retry-after= | The fault unavailable needs retry-after=…",
        "html on GET | The fault html: 'on' takes a method",
        "html on FETCH /query | The fault html: 'on' takes a method",
        "html on GET query | A fault's path must begin with a slash",
        "html on GET /query often | The fault html: 'often' is neither a setting",
        "html nth=0 | nth must be a whole number from 1",
        "html nth=1 nth=2 | A fault has 'nth' twice",
        "html nth=1 every=2 | nth and every cannot stand together",
        "html nth=1 to=2 | nth and to cannot stand together",
        "html from=5 to=4 | to must be a whole number from 5",
        "html probability=1.5 | probability must be a number from 0 to 1",
        "html seed=5 | seed needs a probability beside it"
      },
      quoteCharacter = '"')
  void whatCannotBeUnderstood_isRefusedWithTheReason(String line, String message) {
    assertThatThrownBy(() -> DeclaredFault.parse(line))
        .isInstanceOf(SalesforceSimulatorException.class)
        .hasMessageContaining(message);
  }
}
