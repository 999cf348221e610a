package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.config.ConfigSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The columns that tell a participant's status. Each is looked up in the contact row first, then in
 * the journey row; a column that the source lacks says nothing. An empty name switches a rule off.
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
    testEmailDomains = testEmailDomains.stream().map(d -> d.toLowerCase(Locale.ROOT)).toList();
    testOrganizations = upper(testOrganizations);
    testPhonePrefixes = List.copyOf(testPhonePrefixes);
    deactivatedColumns = List.copyOf(deactivatedColumns);
    deceasedColumns = List.copyOf(deceasedColumns);
    withdrawalColumns = List.copyOf(withdrawalColumns);
  }

  private static List<String> upper(List<String> texts) {
    return texts.stream().map(t -> t.toUpperCase(Locale.ROOT)).toList();
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
    List.of(organization, test, deactivated, deceased, status).forEach(ConfigSection::done);
    return settings;
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
