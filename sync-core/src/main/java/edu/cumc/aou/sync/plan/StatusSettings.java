package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The columns that tell a participant's status. Each is looked up in the contact row first, then in
 * the journey row; a column that the source lacks says nothing. An empty name switches a rule off.
 * What the settings say is read as a cell is: in any case, and with any blanks around it.
 */
public record StatusSettings(
    String organizationColumn,
    List<String> ourOrganizations,
    String testEmailColumn,
    List<String> testEmailDomains,
    List<String> testOrganizations,
    String testPhoneColumn,
    List<String> testPhonePrefixes,
    List<String> deactivatedColumns,
    List<String> deceasedColumns,
    List<String> withdrawalColumns) {

  public StatusSettings {
    ourOrganizations = upper(ourOrganizations);
    testEmailDomains = testEmailDomains.stream().map(StatusSettings::domain).toList();
    testOrganizations = upper(testOrganizations);
    testPhonePrefixes =
        testPhonePrefixes.stream()
            .map(StatusSettings::nationalDigits)
            .filter(digits -> !digits.isEmpty())
            .toList();
    deactivatedColumns = List.copyOf(deactivatedColumns);
    deceasedColumns = List.copyOf(deceasedColumns);
    withdrawalColumns = List.copyOf(withdrawalColumns);
  }

  private static List<String> upper(List<String> texts) {
    return texts.stream().map(t -> Texts.line(t).toUpperCase(Locale.ROOT)).toList();
  }

  private static String domain(String text) {
    String line = Texts.line(text);
    return line.substring(line.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  private static String nationalDigits(String prefix) {
    return prefix.replaceAll("[^0-9]", "").replaceFirst("^1", "");
  }

  /** Reads the sections {@code status} and the columns of the withdrawal. */
  public static StatusSettings read(ConfigSection status, List<String> withdrawalColumns) {
    ConfigSection organization = status.section("organization");
    ConfigSection test = status.section("test");
    ConfigSection deactivated = status.section("deactivated");
    ConfigSection deceased = status.section("deceased");
    StatusSettings settings =
        new StatusSettings(
            organization.text("column", ""),
            organization.texts("ours"),
            test.text("email-column", ""),
            test.texts("email-domains"),
            test.texts("organizations"),
            test.text("phone-column", ""),
            test.texts("phone-prefixes"),
            deactivated.texts("columns"),
            deceased.texts("columns"),
            withdrawalColumns);
    requireWords(organization, "ours");
    requireWords(test, "email-domains");
    requireWords(test, "organizations");
    requireWords(test, "phone-prefixes");
    requireWords(deactivated, "columns");
    requireWords(deceased, "columns");
    List.of(organization, test, deactivated, deceased, status).forEach(ConfigSection::done);
    return settings;
  }

  /** An empty entry looks like a rule, and says nothing. */
  private static void requireWords(ConfigSection section, String key) {
    if (section.texts(key).stream().anyMatch(t -> Texts.line(t).isEmpty())) {
      section.problem(key, "has an empty entry; write the text, or [] for none");
    }
  }

  /** All columns that the rules look at. */
  List<String> columns() {
    List<String> columns =
        new ArrayList<>(List.of(organizationColumn, testEmailColumn, testPhoneColumn));
    columns.addAll(withdrawalColumns);
    columns.addAll(deactivatedColumns);
    columns.addAll(deceasedColumns);
    columns.removeIf(String::isEmpty);
    return columns;
  }
}
