package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import edu.cumc.aou.simulator.salesforce.Node;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * jsforce meets the faults that {@link FaultPageTest} takes the loader through. The page says how
 * many records it doubles, and how many are missing. Skipped, with the reason printed, where Node
 * is missing.
 */
@Timeout(300)
@Tag("slow")
class JsforceFaultsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Node node;

  @BeforeAll
  static void installJsforce() throws IOException {
    node = Node.withPackagesOf("jsforce", Path.of("src/test/js"), Path.of("target/jsforce"));
  }

  /** One program against one org. */
  private record Case(MatrixFault fault, String operation, boolean again) {
    String name() {
      return fault + " " + operation + (again ? " again" : " once");
    }
  }

  /** What is there at the end of a program that should have written ten records. */
  private record Verdict(int missing, int doubled) {
    @Override
    public String toString() {
      if (missing == 0 && doubled == 0) {
        return "";
      }
      return missing == 0 ? doubled + " doubled" : missing + " missing";
    }
  }

  private static List<Case> cases() {
    return Arrays.stream(MatrixFault.values())
        // its calls have no timeout, and wait for the rest of an answer for ever
        .filter(fault -> fault != MatrixFault.STALLED && fault != MatrixFault.CUT_SHORT)
        .flatMap(
            fault ->
                List.of(
                    new Case(fault, "create", false),
                    new Case(fault, "create", true),
                    new Case(fault, "upsert", false),
                    new Case(fault, "upsert", true))
                    .stream())
        .toList();
  }

  @Test
  void createAndUpsertOfJsforce_throughTheSameFaults_areAsThePageSays() throws IOException {
    Map<Case, Verdict> verdicts = verdicts(cases());

    ArrayNode data = FaultPage.array();
    verdicts.forEach(
        (one, verdict) ->
            data.addObject()
                .put("fault", one.fault().name())
                .put("operation", one.operation())
                .put("calledAgain", one.again())
                .put("missing", verdict.missing())
                .put("doubled", verdict.doubled()));
    String text = table(verdicts);
    if (Boolean.getBoolean("aou.docs.write")) {
      FaultPage.write(FaultPage.JSFORCE, text, data);
    }
    assertThat(FaultPage.part(FaultPage.JSFORCE)).isEqualTo(text);
    assertThat(FaultPage.data(FaultPage.JSFORCE)).isEqualTo(data.toPrettyString());
  }

  private static Map<Case, Verdict> verdicts(List<Case> cases) throws IOException {
    Map<Case, SalesforceSimulator> orgs = new LinkedHashMap<>();
    try {
      List<Map<String, Object>> asked = new ArrayList<>();
      for (Case one : cases) {
        SalesforceSimulator org =
            PageScene.org(one.operation().equals("upsert"), new VirtualTime());
        orgs.put(one, org);
        String path =
            one.operation().equals("create")
                ? ".*/v62\\.0/composite/sobjects"
                : ".*/v62\\.0/(composite/)?sobjects/Contact/" + PageScene.KEY + ".*";
        org.faults().on("*", path, 1, one.fault().fault());
        asked.add(
            Map.of(
                "name", one.name(),
                "url", org.url(),
                "id", org.credentials().clientId(),
                "secret", org.credentials().clientSecret(),
                "operation", one.operation(),
                "again", one.again(),
                "rows", rows()));
      }
      Path file = Path.of("target", "jsforce", "cases.json").toAbsolutePath();
      Files.writeString(file, JSON.writeValueAsString(asked));
      Node.Outcome outcome = node.runScript("faults.mjs", Map.of("CASES", file.toString()));
      assertThat(outcome.exitCode()).as(outcome.output()).isZero();
      assertThat(outcome.output().lines().filter(l -> l.startsWith("RESULT\t")))
          .as("programs that ended")
          .hasSize(cases.size());
      Map<Case, Verdict> verdicts = new LinkedHashMap<>();
      orgs.forEach(
          (one, org) -> {
            assertThat(org.faults().tallies().get(0).struck()).as(one.name()).isEqualTo(1);
            verdicts.put(one, verdict(org));
          });
      return verdicts;
    } finally {
      orgs.values().forEach(SalesforceSimulator::close);
    }
  }

  private static List<Map<String, String>> rows() {
    return IntStream.range(0, PageScene.ROWS)
        .mapToObj(i -> Map.of(PageScene.KEY, PageScene.key(0, i), "LastName", "New"))
        .toList();
  }

  private static Verdict verdict(SalesforceSimulator org) {
    Map<Object, Integer> times = new HashMap<>();
    org.records("Contact").forEach(c -> times.merge(c.get(PageScene.KEY), 1, Integer::sum));
    int doubled = (int) times.values().stream().filter(n -> n > 1).count();
    return new Verdict(PageScene.ROWS - times.size(), doubled);
  }

  private static String table(Map<Case, Verdict> verdicts) {
    List<String> lines = new ArrayList<>();
    List<String> head =
        List.of(
            "fault",
            "create, gives up",
            "create, calls again",
            "upsert, gives up",
            "upsert, calls again",
            "the loader, and the next load");
    lines.add(FaultPage.row(head));
    lines.add(FaultPage.rule(head.size()));
    Map<MatrixFault, List<String>> rows = new LinkedHashMap<>();
    verdicts.forEach(
        (one, verdict) ->
            rows.computeIfAbsent(one.fault(), f -> new ArrayList<>(List.of(FaultPage.words(f))))
                .add(verdict.toString()));
    rows.values()
        .forEach(
            row -> {
              row.add("");
              lines.add(FaultPage.row(row));
            });
    lines.add(
        FaultPage.row(
            List.of(
                "records doubled, of " + verdicts.size() / 4 * PageScene.ROWS,
                doubled(verdicts, "create", false),
                doubled(verdicts, "create", true),
                doubled(verdicts, "upsert", false),
                doubled(verdicts, "upsert", true),
                "0")));
    lines.add(
        FaultPage.row(
            List.of(
                "records missing",
                missing(verdicts, "create", false),
                missing(verdicts, "create", true),
                missing(verdicts, "upsert", false),
                missing(verdicts, "upsert", true),
                "0")));
    return String.join("\n", lines);
  }

  private static String doubled(Map<Case, Verdict> verdicts, String operation, boolean again) {
    return sum(verdicts, operation, again, true);
  }

  private static String missing(Map<Case, Verdict> verdicts, String operation, boolean again) {
    return sum(verdicts, operation, again, false);
  }

  private static String sum(
      Map<Case, Verdict> verdicts, String operation, boolean again, boolean doubled) {
    int sum = 0;
    for (Map.Entry<Case, Verdict> entry : verdicts.entrySet()) {
      if (entry.getKey().operation().equals(operation) && entry.getKey().again() == again) {
        sum += doubled ? entry.getValue().doubled() : entry.getValue().missing();
      }
    }
    return String.valueOf(sum);
  }
}
