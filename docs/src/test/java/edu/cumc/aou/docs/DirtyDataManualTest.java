package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.simulator.source.DirtyCase;
import edu.cumc.aou.simulator.source.DirtyCases;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DirtyDataManualTest {

  private static final Pattern RULE =
      Pattern.compile("(?:field refused|record rejected) by ([a-zA-Z:-]+)");

  /** Rules that no value of the default mapping can break in the simulated org. */
  private static final Set<String> OF_OTHER_MAPPINGS =
      Set.of(
          "flag-not-sure",
          "not-a-date",
          "day-before-month",
          "ambiguous-parent",
          "unknown-parent",
          "cannot-be-blank",
          "lost-zeros",
          "not-in-form",
          "not-in-map",
          "pattern-too-slow",
          "refused-by-own",
          "not-a-number",
          "not-a-whole-number",
          "number-too-large");

  /** What no case can show: it stands for a defect of the rules. */
  private static final String DEFECT = "unreadable:FIELD";

  @Test
  void everyRuleOfTheCases_standsInTheManual_andNoOther() {
    Set<String> used =
        DirtyCases.all().stream()
            .map(DirtyCase::expected)
            .flatMap(e -> RULE.matcher(e).results())
            .map(m -> m.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    used.addAll(OF_OTHER_MAPPINGS);
    used.add(DEFECT);
    assertThat(new TreeSet<>(Manual.firstCells("docs/dirty-data.md"))).isEqualTo(used);
  }

  @Test
  void numberOfCasesInTheChangelog_isThatOfTheFile() {
    Matcher stated =
        Pattern.compile("(\\d+) cases in `dirty-cases.csv`").matcher(Manual.read("CHANGELOG.md"));
    assertThat(stated.find()).isTrue();
    assertThat(stated.group(1)).isEqualTo(String.valueOf(DirtyCases.all().size()));
  }
}
