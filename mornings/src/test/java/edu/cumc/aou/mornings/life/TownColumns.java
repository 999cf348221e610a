package edu.cumc.aou.mornings.life;

import edu.cumc.aou.mornings.judge.Facts.Row;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.FieldTable;
import edu.cumc.aou.mornings.judge.FieldTable.Field;
import edu.cumc.aou.mornings.world.SourceColumnsOf;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.testing.Draw;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of a source: their names and types, which change, and cells as they hold them. */
final class TownColumns {

  /** HealthPro has renamed these; the mapping knows both names. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "Primary Consent Date", "General Consent Date",
          "Primary Consent Status", "General Consent Status",
          "Saliva Received Date", "Saliva Collection Date",
          "Language_HP", "Language of Primary Consent_HP");

  private static final Set<String> DAYS =
      FieldTable.all().stream()
          .filter(f -> f.holds().equals("date"))
          .map(Field::column)
          .collect(Collectors.toSet());

  /** The day in New York is another than the one in Greenwich. */
  private static final LocalTime EVENING = LocalTime.of(21, 14, 5);

  private RawRow.Type dates;
  private boolean renamed;
  private @Nullable String missing;

  TownColumns(RawRow.Type dates) {
    this.dates = dates;
  }

  void change(Kind kind, Draw draw) {
    switch (kind) {
      case COLUMN_RENAMED -> renamed = true;
      case COLUMNS_RETYPED ->
          dates = draw.one(RawRow.Type.DATE, RawRow.Type.DATETIME, RawRow.Type.TEXT);
      case COLUMN_GOES -> missing = draw.one("EHR Consent Date", "City_HP", "Withdrawal Status");
      default -> rest();
    }
  }

  /** All columns are there, by their own names. */
  void rest() {
    renamed = false;
    missing = null;
  }

  @Nullable String missing() {
    return missing;
  }

  SourceColumnsOf now() {
    return SourceColumnsOf.with(dates).renamed(renamed ? RENAMED : Map.of()).without(missing);
  }

  /** The load with its cells as the columns hold them. */
  Source typed(Source load) {
    return new Source(typed(load.contacts()), typed(load.journeys()));
  }

  private List<Row> typed(List<Row> rows) {
    return rows.stream().map(r -> new Row(r.key(), cells(r.values()))).toList();
  }

  /** What a column of days cannot hold is NULL. */
  private Map<String, Object> cells(Map<String, Object> row) {
    Map<String, Object> cells = new HashMap<>();
    row.forEach(
        (column, value) -> {
          Object cell = DAYS.contains(column) ? day(value) : value;
          if (cell != null) {
            cells.put(column, cell);
          }
        });
    return Map.copyOf(cells);
  }

  private @Nullable Object day(Object value) {
    if (dates == RawRow.Type.TEXT) {
      return value.toString();
    }
    LocalDateTime time;
    try {
      time =
          value instanceof LocalDate day
              ? day.atTime(day.getDayOfMonth() % 2 == 0 ? LocalTime.MIDNIGHT : EVENING)
              : value.toString().contains("T")
                  ? LocalDateTime.parse(value.toString())
                  : LocalDate.parse(value.toString()).atStartOfDay();
    } catch (DateTimeParseException e) {
      return null;
    }
    return dates == RawRow.Type.DATE ? time.toLocalDate() : time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The load with its columns by the names that they have today. */
  Source shown(Source load) {
    return renamed || missing != null
        ? new Source(shown(load.contacts()), shown(load.journeys()))
        : load;
  }

  private List<Row> shown(List<Row> rows) {
    return rows.stream()
        .map(
            row -> {
              Map<String, Object> cells = new HashMap<>();
              row.values()
                  .forEach((c, v) -> cells.put(renamed ? RENAMED.getOrDefault(c, c) : c, v));
              if (missing != null) {
                cells.remove(missing);
              }
              return new Row(row.key(), cells);
            })
        .toList();
  }
}
