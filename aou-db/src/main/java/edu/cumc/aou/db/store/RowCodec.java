package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.SentValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Converts the sync's values to columns and back. */
final class RowCodec {

  private RowCodec() {}

  static String json(FieldValues values) {
    return CanonicalJson.write(values.asMap(), FieldName::value, FieldValue::text);
  }

  /** The values that a record shows, without blanks: a new journey has forty of them. */
  static String shown(FieldValues values) {
    return json(values.withoutBlanks());
  }

  static FieldValues values(String json) {
    SortedMap<FieldName, FieldValue> values = new TreeMap<>();
    CanonicalJson.texts(
        json,
        (f, t) -> values.put(new FieldName(f), t.isEmpty() ? FieldValue.BLANK : new FieldValue(t)));
    return FieldValues.of(values);
  }

  static String json(SentValues sent) {
    return CanonicalJson.write(sent.asMap(), FieldName::value, SentValues.Mark::text);
  }

  static SentValues sent(String json) {
    SortedMap<FieldName, SentValues.Mark> marks = new TreeMap<>();
    CanonicalJson.texts(json, (f, t) -> marks.put(new FieldName(f), SentValues.Mark.parse(t)));
    return SentValues.of(marks);
  }

  /** Columns hold times in UTC without a zone, whatever the zone of this process. */
  static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    LocalDateTime time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }
}
