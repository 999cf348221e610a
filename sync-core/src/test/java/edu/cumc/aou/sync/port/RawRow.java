package edu.cumc.aou.sync.port;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row to put into one of the two relations of {@link ParticipantSourceContract}.
 *
 * @param key the text of the key column as it stands, however malformed; null for NULL
 * @param values the other columns by name, of the types that {@link
 *     edu.cumc.aou.sync.model.SourceRow} allows; a column that is absent is NULL
 */
public record RawRow(@Nullable String key, Map<String, Object> values) {

  /** What a column of a test relation holds. */
  public enum Type {
    /** Up to 200 characters of Unicode. */
    TEXT,
    DATE,
    /** To the second at least. */
    DATETIME,
    /** BIT, or what comes next to it. */
    BOOLEAN,
    INTEGER,
    /** With two digits after the point. */
    DECIMAL
  }

  /** A column of a test relation; all of them may be NULL. */
  public record Column(String name, Type type) {}

  /** The key of {@link #CONTACTS}. */
  public static final String CONTACT_KEY = "PMI ID_HP";

  /** The key of {@link #JOURNEYS}. */
  public static final String JOURNEY_KEY = "PMI ID";

  /** The columns of the contact relation, the key first. */
  public static final List<Column> CONTACTS =
      List.of(
          new Column(CONTACT_KEY, Type.TEXT),
          new Column("Last Name_HP", Type.TEXT),
          new Column("Date of Birth_HP", Type.DATE),
          new Column("record_id_RC", Type.INTEGER));

  /** The columns of the journey relation, the key first. */
  public static final List<Column> JOURNEYS =
      List.of(
          new Column(JOURNEY_KEY, Type.TEXT),
          new Column("Participant Status", Type.TEXT),
          new Column("Withdrawal Status", Type.INTEGER),
          new Column("General Consent Date", Type.DATE),
          new Column("COPE May PPI Survey Completion Date", Type.DATETIME),
          new Column("Samples for DNA Received", Type.BOOLEAN),
          new Column("Hours of Sleep", Type.DECIMAL));

  public RawRow {
    values = Map.copyOf(values);
  }

  /** A row of the contact relation. */
  public static RawRow contact(@Nullable String key, @Nullable String lastName) {
    return new RawRow(key, lastName == null ? Map.of() : Map.of("Last Name_HP", lastName));
  }

  /** A row of the journey relation. */
  public static RawRow journey(@Nullable String key, @Nullable String status) {
    return new RawRow(key, status == null ? Map.of() : Map.of("Participant Status", status));
  }

  /** This row with one more value. */
  public RawRow with(String column, Object value) {
    Map<String, Object> more = new HashMap<>(values);
    more.put(column, value);
    return new RawRow(key, more);
  }

  /** This row with a day. */
  public RawRow withDate(String column, String isoDate) {
    return with(column, LocalDate.parse(isoDate));
  }

  /** This row with a day and a time. */
  public RawRow withDateTime(String column, String isoDateTime) {
    return with(column, LocalDateTime.parse(isoDateTime));
  }

  @Override
  public String toString() {
    return "RawRow[" + values.keySet() + "]";
  }
}
