package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.EnvironmentVariables;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationManualTest {

  private static final String PAGE = "docs/configuration.md";
  private static final Set<String> OTHER_MODULES =
      Set.of(
          "salesforce",
          "source",
          "store",
          "site",
          "notify",
          "metrics-file",
          "hooks",
          "extensions",
          "privacy");

  /** Settings, not keys of a mapped field, which have no dot and no capital of their own table. */
  private static Set<String> documented() {
    Set<String> keys = new TreeSet<>(Manual.firstCells(PAGE));
    keys.addAll(
        List.of("adoption.enabled", "adoption.owners", "bulk.threshold", "bulk.rows-per-job"));
    keys.removeAll(
        List.of(
            "column",
            "columns",
            "second-line",
            "constant",
            "transform",
            "steps",
            "source-kind",
            "policy",
            "required",
            "optional",
            "not-future"));
    return keys;
  }

  private static Set<String> known() {
    Config defaults = SyncSettings.defaults().resolve();
    Set<String> keys =
        defaults.entrySet().stream()
            .map(e -> e.getKey())
            // the two of the source that the rules need, documented among those of the source
            .filter(k -> !k.startsWith("source."))
            .filter(k -> !k.startsWith("contact.fields.") && !k.startsWith("journey.fields."))
            .collect(Collectors.toCollection(TreeSet::new));
    keys.addAll(
        List.of(
            "contact.account-id",
            "contact.account.field",
            "contact.account.value",
            "contact.account.column",
            "contact.fields",
            "journey.fields",
            "withdrawal.status-column"));
    return keys;
  }

  @Test
  void everySettingOfTheSync_isDocumented_andNoOther() {
    Set<String> documented =
        documented().stream()
            .filter(k -> !OTHER_MODULES.contains(k.split("\\.")[0]))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented).isEqualTo(known());
  }

  @Test
  void settingsOfTheSource_thatTheRulesNeed_areDocumentedToo() {
    Set<String> ofTheSource =
        SyncSettings.defaults().resolve().entrySet().stream()
            .map(e -> e.getKey())
            .filter(k -> k.startsWith("source."))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(ofTheSource).isNotEmpty();
    assertThat(documented()).containsAll(ofTheSource);
  }

  @Test
  void everyDefault_isAsDocumented() {
    Config defaults = SyncSettings.defaults().resolve();
    Manual.read(PAGE)
        .lines()
        .filter(l -> l.startsWith("| `"))
        .map(l -> l.split("\\|"))
        .filter(
            cells -> !cells[1].contains(",") && defaults.hasPath(cells[1].strip().replace("`", "")))
        .filter(cells -> cells[2].strip().startsWith("`"))
        .forEach(
            cells -> {
              String key = cells[1].strip().replace("`", "");
              String value = cells[2].strip().replace("`", "");
              Object shown = ConfigFactory.parseString("v = " + value).getValue("v").unwrapped();
              assertThat(shown).as(key).isEqualTo(defaults.getValue(key).unwrapped());
            });
  }

  @Test
  void everyEnvironmentVariable_standsInTheManual() {
    String text = Manual.read(PAGE);
    assertThat(EnvironmentVariables.all().keySet())
        .allSatisfy(v -> assertThat(text).contains("`" + v + "`"));
  }

  @Test
  void everyExitCode_standsInTheReadme() {
    List<String> codes =
        Manual.read("README.md")
            .lines()
            .filter(l -> l.matches("\\| [0-9] \\|.*"))
            .map(l -> l.substring(2, 3))
            .toList();
    assertThat(codes).contains("0", "2", "5");
    assertThat(Arrays.stream(FailureKind.values()).map(k -> String.valueOf(k.exitCode())).toList())
        .allSatisfy(code -> assertThat(codes).contains(code));
  }
}
