package edu.cumc.aou.simulator.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The kit on its first target, the simulator, and on a sandbox if the properties name one. */
class RulesKitTest {
  private static final String PREFIX = "aou.test.salesforce.";
  private static final SalesforceSimulator SIMULATOR = SalesforceSimulator.builder().start();

  @AfterAll
  static void close() {
    SIMULATOR.close();
  }

  @TestFactory
  Stream<DynamicTest> simulator_isHeldToEachRule() {
    Map<String, String> settings = KitRunTest.clientCredentials(SIMULATOR.url());
    AskedOrg org = new AskedOrg(new KitRun(settings, System.out).login());
    return Kit.rules().stream()
        .map(
            rule ->
                dynamicTest(rule.number() + ": " + rule.question(), () -> rule.probe().ask(org)));
  }

  @Test
  void everyRuleOfTheManual_isAsked_orItIsSaidWhyNot() throws IOException {
    String page = Files.readString(Path.of("../docs/simulator.md"));
    Matcher row =
        Pattern.compile("(?m)^\\| (\\d+) \\|")
            .matcher(page.substring(page.indexOf("## How strict it is")));
    Set<Integer> manual = new TreeSet<>();
    while (row.find()) {
      manual.add(Integer.parseInt(row.group(1)));
    }
    Set<Integer> kit = new TreeSet<>(Kit.notAsked().keySet());
    for (Rule rule : Kit.rules()) {
      assertThat(Kit.notAsked()).as(rule.question()).doesNotContainKey(rule.number());
      kit.add(rule.number());
    }

    assertThat(kit).isEqualTo(manual);
  }

  /** Skipped unless the properties name a sandbox; CONTRIBUTING.md says how. */
  @Test
  @EnabledIfSystemProperty(
      named = PREFIX + "auth.type",
      matches = ".+",
      disabledReason = "no sandbox is named by -Daou.test.salesforce.*")
  void sandbox_isHeldToEachRule() throws IOException {
    Map<String, String> settings = new HashMap<>();
    System.getProperties()
        .forEach(
            (name, value) -> {
              if (name.toString().startsWith(PREFIX)) {
                settings.put(name.toString().substring(PREFIX.length()), value.toString());
              }
            });
    Path verdicts = Path.of(settings.getOrDefault("verdicts", "target/rules-of-the-sandbox.txt"));

    KitRun.End end = new KitRun(settings, System.out).run(verdicts);

    assertThat(end)
        .as("see %s, and what is printed above", verdicts)
        .isEqualTo(KitRun.End.ALL_HOLD);
  }
}
