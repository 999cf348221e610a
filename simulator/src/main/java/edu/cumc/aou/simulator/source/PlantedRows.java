package edu.cumc.aou.simulator.source;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a dirty source that show the cases of {@link DirtyCases}, in pairs of tables. Each
 * case has a person of its own, with sound data except in the columns of the case.
 */
final class PlantedRows {
  private static final LocalDate EPOCH = LocalDate.of(1900, 1, 1);
  private static final String OF_HEALTHPRO = "_HP";
  private static final String OF_REDCAP = "_RC";

  private final List<RowDraft> healthpro = new ArrayList<>();
  private final List<RowDraft> redcap = new ArrayList<>();

  private PlantedRows() {}

  static PlantedRows of(People people) {
    PlantedRows planted = new PlantedRows();
    List<DirtyCase> cases = DirtyCases.all();
    for (int number = 0; number < cases.size(); number++) {
      if (cases.get(number).isPlanted()) {
        planted.plant(cases.get(number), people.stranger(number), people.options().day());
      }
    }
    return planted;
  }

  static PlantedRows none() {
    return new PlantedRows();
  }

  List<RowDraft> healthpro() {
    return List.copyOf(healthpro);
  }

  List<RowDraft> redcap() {
    return List.copyOf(redcap);
  }

  private void plant(DirtyCase dirty, Person person, int day) {
    RowDraft sound = sound(person);
    RowDraft damaged = sound.copy();
    Map<String, @Nullable String> inRedcap = new TreeMap<>();
    List<String> columns = dirty.columnNames();
    List<@Nullable String> values = dirty.valuesOn(day, person.pmiId());
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      if (column.endsWith(OF_REDCAP)) {
        inRedcap.put(without(column, OF_REDCAP), values.get(i));
      } else {
        set(damaged, without(column, OF_HEALTHPRO), values.get(i));
      }
    }
    switch (dirty.rows()) {
      case "" -> healthpro.add(damaged);
      case "same row" -> addBoth(damaged, damaged.copy());
      case "other row" -> addBoth(sound, damaged);
      case "padded row" -> addBoth(damaged, padded(damaged, columns.get(0)));
      case "spelled row" ->
          addBoth(
              damaged,
              damaged
                  .copy()
                  .set(SourceTable.PMI_ID, person.pmiId().toLowerCase(Locale.ROOT) + " "));
      case "other REDCap row" -> {
        healthpro.add(damaged);
        redcap.add(redcap(person, Map.of()));
      }
      case "REDCap row only" -> {}
      default ->
          throw new IllegalStateException(
              "Case " + dirty.id() + " asks for rows that nobody knows how to plant");
    }
    if (!inRedcap.isEmpty()) {
      redcap.add(redcap(person, inRedcap));
    }
  }

  private void addBoth(RowDraft first, RowDraft second) {
    healthpro.add(first);
    healthpro.add(second);
  }

  private static RowDraft padded(RowDraft row, String column) {
    return row.copy().set(column, row.get(column) + "  ");
  }

  private static RowDraft redcap(Person person, Map<String, @Nullable String> values) {
    RowDraft row =
        new RowDraft(SourceTable.REDCAP)
            .set("record_id", "5-0")
            .set("pmi_id", person.pmiId())
            .set("org", "Columbia");
    values.forEach(row::set);
    return row;
  }

  /** A person who has signed up and consented, and can have a Contact. */
  private static RowDraft sound(Person person) {
    return HealthProRow.of(Life.onDayOne(person))
        .set("Paired Organization", Organisation.COLUMBIA_COLUMBIA.name())
        .set("Street Address2", null)
        .set("Withdrawal Status", "0")
        .set("Withdrawal Date", null)
        .set("Withdrawal Reason", null)
        .set("Deactivation Status", "0")
        .set("Deceased", "0");
  }

  private static void set(RowDraft row, String column, @Nullable String value) {
    row.set(
        column,
        switch (SourceTable.HEALTHPRO
            .columns()
            .get(SourceTable.HEALTHPRO.position(column))
            .kind()) {
          case TEXT -> value;
          case DATE -> date(value);
          case MOMENT -> value == null ? null : LocalDateTime.parse(value);
          case NUMBER -> throw new IllegalArgumentException("a row number is never dirty");
        });
  }

  /** The loader's cast to a date turns an empty text into 1900-01-01. */
  private static @Nullable LocalDate date(@Nullable String value) {
    return value == null ? null : value.isEmpty() ? EPOCH : LocalDate.parse(value);
  }

  private static String without(String column, String suffix) {
    return column.endsWith(suffix)
        ? column.substring(0, column.length() - suffix.length())
        : column;
  }
}
