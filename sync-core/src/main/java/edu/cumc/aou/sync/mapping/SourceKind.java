package edu.cumc.aou.sync.mapping;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the times in a field's columns are. It only matters where a time of day is written: a value
 * without one is a day, and a day is the same in every zone.
 */
public enum SourceKind {
  /** Points in time of {@code source.time-zone}. */
  INSTANT,
  /** Times that a clock in {@code local-zone} showed. */
  LOCAL,
  /** Days; a time beside one means nothing. */
  DAY;

  /** A birth date never moves, whatever the type of its column. */
  static SourceKind usual(String field, List<String> columns) {
    boolean birth =
        Stream.concat(Stream.of(field), columns.stream()).anyMatch(SourceKind::isOfBirth);
    return birth ? DAY : LOCAL;
  }

  private static boolean isOfBirth(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("birth")
        || lower.equals("dob")
        || lower.matches(".*(^|[^a-z])dob([^a-z].*)?");
  }
}
