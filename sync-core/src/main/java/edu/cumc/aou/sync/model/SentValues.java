package edu.cumc.aou.sync.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What we last sent of each field of a record, as hashes: enough to tell that the source still says
 * the same and that Salesforce made something else of it. Immutable.
 */
public final class SentValues {

  private static final SentValues NONE = new SentValues(new TreeMap<>());

  /**
   * One field.
   *
   * @param sent hash of the value that was sent
   * @param seen hash of what Salesforce showed instead when the difference was first noticed; empty
   *     until then
   */
  public record Mark(String sent, String seen) {}

  private final SortedMap<FieldName, Mark> marks;

  private SentValues(SortedMap<FieldName, Mark> marks) {
    this.marks = Collections.unmodifiableSortedMap(marks);
  }

  public static SentValues none() {
    return NONE;
  }

  /** Copies the map. */
  public static SentValues of(Map<FieldName, Mark> marks) {
    return marks.isEmpty() ? NONE : new SentValues(new TreeMap<>(marks));
  }

  public Optional<Mark> mark(FieldName field) {
    return Optional.ofNullable(marks.get(field));
  }

  /** These marks with those of the other put over them. */
  public SentValues with(SentValues other) {
    SortedMap<FieldName, Mark> merged = new TreeMap<>(marks);
    merged.putAll(other.marks);
    return of(merged);
  }

  /** An unmodifiable view, ordered by field name. */
  public SortedMap<FieldName, Mark> asMap() {
    return marks;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SentValues other && marks.equals(other.marks);
  }

  @Override
  public int hashCode() {
    return marks.hashCode();
  }

  @Override
  public String toString() {
    return "SentValues" + marks.keySet();
  }
}
