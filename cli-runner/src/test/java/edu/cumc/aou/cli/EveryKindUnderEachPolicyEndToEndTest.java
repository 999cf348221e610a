package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.org.AddedField;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A policy means the same in every kind of field, over mornings on which source and staff differ.
 */
class EveryKindUnderEachPolicyEndToEndTest {

  private static final List<String> POLICIES = List.of("overwrite", "never-clear", "fill-only");
  private static final List<String> OBJECTS = List.of("Contact", "Opportunity");
  private static final List<String> OFFERED = List.of("one", "two", "staff");

  /**
   * A kind of field.
   *
   * @param one what the source says at first, as Salesforce shows it
   * @param two what it says later
   * @param staff what somebody types
   */
  private record Kind(String name, AddedField field, Object one, Object two, Object staff) {
    String sql(String value) {
      Object shown = value.equals("one") ? one : two;
      return value.isEmpty() ? "CAST(NULL AS NVARCHAR(80))" : "'" + shown + "'";
    }

    @Nullable Object of(String value) {
      return switch (value) {
        case "one" -> one;
        case "two" -> two;
        case "staff" -> staff;
        default -> null;
      };
    }
  }

  private static AddedField plain(FieldType type, int length) {
    return AddedField.of("", "", type, length);
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("Text", plain(FieldType.STRING, 40), "one", "two", "staff"),
          new Kind("Long", plain(FieldType.TEXTAREA, 255), "o\nne", "t\nwo", "sta\nff"),
          new Kind(
              "Email",
              plain(FieldType.EMAIL, 80),
              "1@example.org",
              "2@example.org",
              "3@example.org"),
          new Kind(
              "Phone",
              plain(FieldType.PHONE, 40),
              "212-555-0101",
              "212-555-0102",
              "(212) 555-0101"),
          new Kind(
              "Url",
              plain(FieldType.URL, 255),
              "https://example.org/1",
              "https://example.org/2",
              "https://example.org/3"),
          new Kind(
              "List",
              AddedField.picklist("", "", FieldType.PICKLIST, OFFERED),
              "one",
              "two",
              "staff"),
          new Kind(
              "Lists",
              AddedField.picklist("", "", FieldType.MULTIPICKLIST, OFFERED),
              "one;two",
              "two",
              "one;staff"),
          new Kind("Whole", plain(FieldType.INT, 0), 1, 2, 3),
          new Kind("Double", AddedField.number("", "", FieldType.DOUBLE, 18, 2), 1.5, 2.5, 3.5),
          new Kind("Money", AddedField.number("", "", FieldType.CURRENCY, 18, 2), 1.25, 2.25, 3.25),
          new Kind("Percent", AddedField.number("", "", FieldType.PERCENT, 5, 1), 1.5, 2.5, 0.0),
          new Kind("Day", plain(FieldType.DATE, 0), "2024-01-01", "2024-01-02", "2024-01-03"),
          new Kind(
              "Time",
              plain(FieldType.DATETIME, 0),
              "2024-01-01T10:00:00Z",
              "2024-01-02T10:00:00Z",
              "2024-01-02T10:00:01Z"));

  private static String field(Kind kind, String policy) {
    return kind.name() + "_" + policy.replace('-', '_') + "__c";
  }

  private static SalesforceSimulatorBuilder withFields(SalesforceSimulatorBuilder org) {
    for (String object : OBJECTS) {
      for (Kind kind : KINDS) {
        AddedField f = kind.field();
        for (String policy : POLICIES) {
          org.field(
              new AddedField(
                  object,
                  field(kind, policy),
                  f.type(),
                  f.length(),
                  f.precision(),
                  f.scale(),
                  f.values(),
                  f.restricted()));
        }
      }
    }
    return org;
  }

  @Test
  void eachPolicy_meansTheSame_inEveryKindOfField(@TempDir Path directory) {
    try (Site site =
        new Site(directory, 2, false, EveryKindUnderEachPolicyEndToEndTest::withFields)) {
      site.run("init");
      sourceSays(site, "one");
      assertShown(site, "one", "one", "one");
      staffSay(site, "staff");
      assertShown(site, "one", "one", "staff");
      sourceSays(site, "two");
      assertShown(site, "two", "two", "staff");
      sourceSays(site, "");
      assertShown(site, "", "two", "staff");
      staffSay(site, "");
      assertShown(site, "", "", "");
      sourceSays(site, "one");
      assertShown(site, "one", "one", "one");
    }
  }

  private static void sourceSays(Site site, String value) {
    RetypedSource source = new RetypedSource(site);
    StringBuilder settings = new StringBuilder();
    for (Kind kind : KINDS) {
      String column = "X " + kind.name();
      source.contact(column, kind.sql(value)).journey(column, kind.sql(value));
      for (String section : List.of("contact", "journey")) {
        for (String policy : POLICIES) {
          settings.append(
              "%s.fields.%s { column = \"%s\", policy = %s }\n"
                  .formatted(section, field(kind, policy), column, policy));
        }
      }
    }
    site.configure(source.settings() + settings);
  }

  private static void staffSay(Site site, String value) {
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(4)));
    Map<String, Object> edit = new HashMap<>();
    for (Kind kind : KINDS) {
      POLICIES.forEach(policy -> edit.put(field(kind, policy), kind.of(value)));
    }
    for (String object : OBJECTS) {
      ours(site, object).forEach(r -> site.org.edit(String.valueOf(r.get("Id")), edit));
    }
  }

  private static List<Map<String, Object>> ours(Site site, String object) {
    return site.org
        .records(object)
        .filter(r -> object.equals("Opportunity") || r.containsKey("HP_PMI_ID__c"))
        .toList();
  }

  /** Runs a morning, and another one that must find nothing to do. */
  private static void assertShown(Site site, String overwrite, String neverClear, String fillOnly) {
    Result sync = site.nextMorning("sync", "--initial-load");
    assertThat(sync.exitCode()).as(sync.out()).isZero();
    List<String> expected = List.of(overwrite, neverClear, fillOnly);
    Map<String, String> wrong = new TreeMap<>();
    List<Map<String, Object>> records = new ArrayList<>();
    OBJECTS.forEach(object -> records.addAll(ours(site, object)));
    assertThat(records).hasSizeGreaterThan(2);
    for (Map<String, Object> shown : records) {
      for (Kind kind : KINDS) {
        for (int i = 0; i < POLICIES.size(); i++) {
          String field = field(kind, POLICIES.get(i));
          String seen = String.valueOf(shown.get(field));
          if (!seen.equals(String.valueOf(kind.of(expected.get(i))))) {
            wrong.put(field, seen);
          }
        }
      }
    }
    assertThat(wrong).as("not " + expected).isEmpty();
    Result quiet = site.nextMorning("sync");
    assertThat(quiet.exitCode()).as(quiet.out()).isZero();
    assertThat(quiet.out()).doesNotContain("updated");
  }
}
