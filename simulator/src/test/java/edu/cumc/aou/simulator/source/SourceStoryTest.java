package edu.cumc.aou.simulator.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the tables of one day with those of the day before, as a sync does. */
class SourceStoryTest {
  private static final Set<String> CONTACT =
      Set.of(
          "Last Name",
          "First Name",
          "Date of Birth",
          "Street Address",
          "Street Address2",
          "City",
          "State",
          "ZIP",
          "Email",
          "Phone",
          "Login Phone");
  private static final Set<String> PAIRING = Set.of("Paired Site", "Paired Organization");
  private static final Set<String> ABOUT_WITHDRAWAL =
      Set.of("Withdrawal Status", "Withdrawal Date", "Withdrawal Reason");

  /** What the source still says about a person who withdrew more than two days ago. */
  private static final Set<String> KEPT =
      Set.of(
          "PMI ID",
          "Biobank ID",
          "Last Name",
          "First Name",
          "Date of Birth",
          "Participant Status",
          "General Consent Status",
          "General Consent Date",
          "EHR Consent Status",
          "EHR Consent Date",
          "Withdrawal Status",
          "Withdrawal Date",
          "Withdrawal Reason",
          "Paired Site",
          "Paired Organization",
          "Row_Id");

  @TempDir Path directory;
  private SourceSimulator source;

  @BeforeEach
  void open() {
    source = SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", "");
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void dayOne_hasNoStory() {
    SourceSummary summary = source.load(new SourceOptions(1, 500, 1, false));
    assertThat(summary.journeyRows()).isEqualTo(500);
    assertThat(
            List.of(
                summary.newPeople(),
                summary.journeyChanged(),
                summary.contactChanged(),
                summary.withdrawn(),
                summary.blanked(),
                summary.repaired()))
        .containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 30, 300})
  void smallSource_showsEachKindOfChangeByDayFour(int participants) {
    int people = participants;
    int contacts = 0;
    int withdrawn = 0;
    int blanked = 0;
    int repaired = 0;
    for (int day = 2; day <= 4; day++) {
      SourceSummary summary = source.load(new SourceOptions(11, participants, day, false));
      assertThat(summary.newPeople()).isPositive();
      people += summary.newPeople();
      assertThat(summary.journeyRows()).isEqualTo(people);
      contacts += summary.contactChanged();
      withdrawn += summary.withdrawn();
      blanked += summary.blanked();
      repaired += summary.repaired();
    }
    assertThat(contacts).isPositive();
    assertThat(withdrawn).isPositive();
    assertThat(blanked).isPositive();
    assertThat(repaired).isPositive();
  }

  @Test
  void summary_countsWhatTheTablesShow() throws SQLException {
    SourceOptions options = new SourceOptions(5, 1_000, 1, false);
    source.load(options);
    Map<String, Map<String, String>> before = journeys();
    for (int day = 2; day <= 6; day++) {
      SourceSummary summary = source.load(options.onDay(day));
      Map<String, Map<String, String>> after = journeys();
      assertThat(after.keySet()).containsAll(before.keySet());
      assertThat(observed(before, after)).isEqualTo(Counts.of(summary));
      before = after;
    }
  }

  @Test
  void withdrawal_showsFullDataForTwoDays_thenNothingButTheFacts() throws SQLException {
    SourceOptions options = new SourceOptions(3, 50, 1, false);
    source.load(options);
    Set<String> blankBefore = withdrawn(journeys());
    source.load(options.onDay(2));
    Set<String> withdrawn = withdrawn(journeys());
    withdrawn.removeAll(blankBefore);
    assertThat(withdrawn).isNotEmpty();
    String pmiId = withdrawn.iterator().next();
    Map<String, String> full = journeys().get(pmiId);
    assertThat(full.get("Withdrawal Date")).isEqualTo("2026-01-05");
    assertThat(full.get("Email")).contains("@example.");

    source.load(options.onDay(3));
    assertThat(journeys().get(pmiId)).isEqualTo(full);

    source.load(options.onDay(4));
    Map<String, String> blank = journeys().get(pmiId);
    for (String column : full.keySet()) {
      if (KEPT.contains(column)) {
        assertThat(blank.get(column)).as(column).isEqualTo(full.get(column));
      } else {
        assertThat(blank.get(column)).as(column).isIn("", "0", "<null>", "1900-01-01");
      }
    }
    source.load(options.onDay(30));
    assertThat(journeys().get(pmiId)).isEqualTo(blank);
  }

  @Test
  void rePairedPerson_comesBack() throws SQLException {
    SourceOptions options = new SourceOptions(4, 12, 2, false);
    source.load(options);
    Map<String, String> start = organisations();
    source.load(options.onDay(3));
    List<String> moved = start.keySet().stream().filter(id -> movedFrom(start, id)).toList();
    assertThat(moved).hasSize(1);
    assertThat(organisations()).containsEntry(moved.get(0), "COLUMBIA_WEILL");
    source.load(options.onDay(5));
    assertThat(organisations()).containsEntry(moved.get(0), "COLUMBIA_COLUMBIA");
  }

  private boolean movedFrom(Map<String, String> start, String pmiId) {
    try {
      return !organisations().get(pmiId).equals(start.get(pmiId));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void emailSwap_leavesTheSameAddressesBehind() throws SQLException {
    SourceOptions options = new SourceOptions(6, 12, 3, false);
    source.load(options);
    Map<String, Map<String, String>> before = journeys();
    source.load(options.onDay(4));
    Map<String, Map<String, String>> after = journeys();
    List<String> swapped =
        before.keySet().stream()
            .filter(id -> after.get(id).get("Withdrawal Status").equals("0"))
            .filter(id -> !before.get(id).get("Email").equals(after.get(id).get("Email")))
            .toList();
    assertThat(swapped).hasSize(2);
    String one = swapped.get(0);
    String other = swapped.get(1);
    assertThat(after.get(one)).containsEntry("Email", before.get(other).get("Email"));
    assertThat(after.get(other)).containsEntry("Email", before.get(one).get("Email"));
  }

  @Test
  void people_haveUniqueIdsInRandomOrderAndInventedData() throws SQLException {
    source.load(new SourceOptions(9, 5_000, 10, false));
    Map<String, Map<String, String>> rows = journeys();
    List<String> ids = List.copyOf(rows.keySet());
    assertThat(ids).allMatch(id -> id.matches("P0\\d{8}"));
    long descents = 0;
    for (int i = 1; i < ids.size(); i++) {
      descents += ids.get(i).compareTo(ids.get(i - 1)) < 0 ? 1 : 0;
    }
    assertThat(descents).isBetween(ids.size() * 4L / 10, ids.size() * 6L / 10);
    assertThat(rows.values())
        .allMatch(
            row -> row.get("Email").strip().matches("(?i)(.+@example\\.(org|net|com)|<null>)?"))
        .allMatch(row -> row.get("Phone").matches(".*555.*|<null>|"))
        .anyMatch(row -> row.get("Email").endsWith("@example.com"))
        .anyMatch(row -> row.get("Email").endsWith(" "))
        .anyMatch(row -> row.get("Email").matches(".*[A-Z].*"))
        .anyMatch(row -> row.get("ZIP").startsWith("0"))
        .anyMatch(row -> row.get("Withdrawal Date").equals("1900-01-01"))
        .anyMatch(row -> row.get("EHR Consent Status").isEmpty())
        .anyMatch(row -> row.get("Email").equals("<null>") && row.get("Login Phone").length() > 9);
    assertThat(rows.values().stream().map(row -> row.get("EHR Consent Status")))
        .contains("0", "1", "2");
  }

  @Test
  void dates_lieBetweenConsentAndYesterday() throws SQLException {
    SourceOptions options = new SourceOptions(12, 2_000, 20, false);
    source.load(options);
    for (Map<String, String> row : journeys().values()) {
      String consent = row.get("General Consent Date");
      row.forEach(
          (column, value) -> {
            if (value.matches("\\d{4}-\\d\\d-\\d\\d.*") && !value.equals("1900-01-01")) {
              assertThat(value).as(column).isLessThan(options.date().toString());
              if (!column.equals("Date of Birth")) {
                assertThat(value).as(column).isGreaterThanOrEqualTo(consent);
              }
            }
          });
    }
  }

  private Map<String, String> organisations() throws SQLException {
    return journeys().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().get("Paired Organization")));
  }

  private static Set<String> withdrawn(Map<String, Map<String, String>> rows) {
    Set<String> withdrawn = new TreeSet<>(rows.keySet());
    withdrawn.removeIf(id -> rows.get(id).get("Withdrawal Status").equals("0"));
    return withdrawn;
  }

  private static Counts observed(
      Map<String, Map<String, String>> before, Map<String, Map<String, String>> after) {
    Counts counts = new Counts(after.size() - before.size(), 0, 0, 0, 0, 0);
    for (Map.Entry<String, Map<String, String>> old : before.entrySet()) {
      Map<String, String> row = after.get(old.getKey());
      List<String> changed = new ArrayList<>();
      old.getValue()
          .forEach(
              (column, value) -> {
                if (!column.equals("Row_Id") && !value.equals(row.get(column))) {
                  changed.add(column);
                }
              });
      counts = counts.plus(Counts.of(changed, old.getValue()));
    }
    return counts;
  }

  /** By PMI ID, in the order of the table; NULL reads as a word, for it is not an empty text. */
  private Map<String, Map<String, String>> journeys() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(SourceSimulator.h2Url(directory), "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM dbo.healthpro ORDER BY [Row_Id]")) {
      ResultSetMetaData data = rows.getMetaData();
      Map<String, Map<String, String>> people = new LinkedHashMap<>();
      while (rows.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
          String value = rows.getString(i);
          row.put(data.getColumnName(i), value == null ? "<null>" : value.replace(" 00:00:00", ""));
        }
        assertThat(people.put(rows.getString("PMI ID"), row)).as("second row").isNull();
      }
      return people;
    }
  }

  private record Counts(
      int appeared, int journey, int contact, int withdrew, int blanked, int repaired) {
    static Counts of(SourceSummary s) {
      return new Counts(
          s.newPeople(),
          s.journeyChanged(),
          s.contactChanged(),
          s.withdrawn(),
          s.blanked(),
          s.repaired());
    }

    static Counts of(List<String> changed, Map<String, String> old) {
      if (changed.isEmpty()) {
        return new Counts(0, 0, 0, 0, 0, 0);
      }
      if (ABOUT_WITHDRAWAL.stream().anyMatch(changed::contains)) {
        assertThat(ABOUT_WITHDRAWAL).containsAll(changed);
        return new Counts(0, 0, 0, 1, 0, 0);
      }
      if (old.get("Withdrawal Status").equals("1")) {
        return new Counts(0, 0, 0, 0, 1, 0);
      }
      if (PAIRING.containsAll(changed)) {
        return new Counts(0, 0, 0, 0, 0, 1);
      }
      if (CONTACT.containsAll(changed)) {
        return new Counts(0, 0, 1, 0, 0, 0);
      }
      assertThat(changed).doesNotContainAnyElementsOf(CONTACT).doesNotContainAnyElementsOf(PAIRING);
      return new Counts(0, 1, 0, 0, 0, 0);
    }

    Counts plus(Counts o) {
      return new Counts(
          appeared + o.appeared,
          journey + o.journey,
          contact + o.contact,
          withdrew + o.withdrew,
          blanked + o.blanked,
          repaired + o.repaired);
    }
  }
}
