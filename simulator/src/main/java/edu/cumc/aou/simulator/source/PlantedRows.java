package edu.cumc.aou.simulator.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The malformed rows of a dirty source, in pairs of tables. They are the same every day, so that a
 * run which has reported them once has nothing new to say.
 */
final class PlantedRows {
  private final People people;
  private final List<Row> healthpro = new ArrayList<>();
  private final List<Row> redcap = new ArrayList<>();

  private PlantedRows(People people) {
    this.people = people;
  }

  static PlantedRows of(People people) {
    PlantedRows planted = new PlantedRows(people);
    planted.badIds();
    planted.duplicates();
    planted.badValues();
    return planted;
  }

  static PlantedRows none(People people) {
    return new PlantedRows(people);
  }

  List<Row> healthpro() {
    return List.copyOf(healthpro);
  }

  List<Row> redcap() {
    return List.copyOf(redcap);
  }

  private void badIds() {
    plantId(null);
    plantId("");
    plantId("UNSET");
    plantId("PMI123");
    Row lower = stranger();
    healthpro.add(lower.set(Table.PMI_ID, id(lower).toLowerCase(Locale.ROOT)));
    Row spaced = stranger();
    healthpro.add(spaced.set(Table.PMI_ID, " " + id(spaced) + "\u00a0\t"));
    Row shortened = stranger();
    healthpro.add(shortened.set(Table.PMI_ID, id(shortened).substring(0, 9)));
    Row lengthened = stranger();
    healthpro.add(lengthened.set(Table.PMI_ID, id(lengthened) + "0"));
    Row bare = stranger();
    healthpro.add(bare.set(Table.PMI_ID, id(bare).substring(1)));
  }

  private void duplicates() {
    Row twice = stranger();
    healthpro.add(twice);
    healthpro.add(twice.copy());
    Row differing = stranger();
    healthpro.add(differing);
    healthpro.add(differing.copy().set("Street Address", "1 Other Street").set("ZIP", "07030"));
    Row spelled = stranger();
    healthpro.add(spelled);
    healthpro.add(spelled.copy().set(Table.PMI_ID, id(spelled).replace('P', 'p') + " "));
    Person inRedcapTwice = person();
    healthpro.add(HealthProRow.of(Life.onDayOne(inRedcapTwice)));
    for (int record = 1; record <= 2; record++) {
      redcap.add(
          new Row(Table.REDCAP)
              .set("record_id", "5-" + record)
              .set("pmi_id", inRedcapTwice.pmiId())
              .set("org", "Columbia"));
    }
  }

  private void badValues() {
    plant(row -> row.set("Last Name", "Longname".repeat(32)));
    plant(row -> row.set("First Name", "Anna-Maria ".repeat(8).strip()));
    plant(row -> row.set("Last Name", "   "));
    plant(row -> row.set("Last Name", "=cmd()").set("First Name", "<script>"));
    plant(row -> row.set("Email", "nobody@example"));
    plant(row -> row.set("Email", "one@example.org;two@example.org"));
    plant(row -> row.set("Email", "very.long.".repeat(20) + "@example.org"));
    plant(row -> row.set("State", "XX"));
    plant(row -> row.set("State", "ny").set("ZIP", "7030"));
    plant(row -> row.set("Phone", "ask at the front desk"));
    plant(row -> row.set("Street Address", "12 \"Main\", Street\r\nRear; left"));
    plant(row -> row.set("Date of Birth", SourceOptions.DAY_ONE.plusYears(20)));
    plant(row -> row.set("Date of Birth", SourceOptions.DAY_ONE.withYear(1850)));
    plant(row -> row.set("General Consent Date", SourceOptions.DAY_ONE.plusYears(1)));
    plant(row -> row.set("EHR Consent Status", "Y"));
    plant(row -> row.set("Withdrawal Status", "1").set("Withdrawal Date", null));
    plant(row -> row.set("Participant Status", "Platinum Participant"));
    plant(row -> row.set("Race/Ethnicity", "Martian"));
  }

  private void plantId(@Nullable String pmiId) {
    plant(row -> row.set(Table.PMI_ID, pmiId));
  }

  private void plant(Consumer<Row> damage) {
    Row row = stranger();
    damage.accept(row);
    healthpro.add(row);
  }

  private Person person() {
    return people.stranger(healthpro.size());
  }

  /** A sound row; who it belongs to follows from how many were planted before. */
  private Row stranger() {
    Row row = HealthProRow.of(Life.onDayOne(person()));
    return row.set("Paired Organization", Organisation.COLUMBIA_COLUMBIA.name())
        .set("Withdrawal Status", "0")
        .set("Withdrawal Date", null);
  }

  private static String id(Row row) {
    return String.valueOf(row.get(Table.PMI_ID));
  }
}
