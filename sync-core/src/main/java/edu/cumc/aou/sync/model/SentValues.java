package edu.cumc.aou.sync.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Hashes of what we last sent for each field of a record, and of what Salesforce made of it. They
 * tell a person's edit from Salesforce's own change of our value. Immutable.
 */
public final class SentValues {

  private static final SentValues NONE = new SentValues(new TreeMap<>());

  /** We correct a field to the same source value at most this often. */
  private static final int MOST_CORRECTIONS = 3;

  private static final int OF_EARLIER_VERSION = -2;
  private static final int JUST_SENT = -1;

  /**
   * One field.
   *
   * @param sent hash of the value that we sent
   * @param made hash of what Salesforce made of it, read back after our own write; empty if it kept
   *     the value
   * @param other hash of the different value that Salesforce showed when we last sent ours again;
   *     empty if that never happened
   * @param corrections how often we sent the value again because of that
   */
  public record Mark(String sent, String made, String other, int corrections) {

    /**
     * The mark of a value that was just sent over the value with the hash {@code replaced}. That is
     * empty if the replaced value is unknown; then the write corrected nothing.
     */
    public static Mark justSent(String sent, String replaced) {
      return new Mark(sent, "", replaced, JUST_SENT);
    }

    /** Reads what {@link #text} wrote, in this version or the one before. */
    public static Mark parse(String text) {
      String[] parts = text.split("/", -1);
      if (parts.length == 2) {
        return new Mark(parts[0], parts[1], "", OF_EARLIER_VERSION);
      }
      return new Mark(parts[0], parts[1], parts[2], Integer.parseInt(parts[3]));
    }

    /** The mark as a text without blanks. */
    public String text() {
      return corrections == OF_EARLIER_VERSION
          ? sent + "/" + made
          : sent + "/" + made + "/" + other + "/" + corrections;
    }

    /**
     * Whether an earlier version wrote it. That version mistook edits for what Salesforce made of
     * the value, so {@code made} is unreliable.
     */
    public boolean isOfEarlierVersion() {
      return corrections == OF_EARLIER_VERSION;
    }

    /** The mark after Salesforce showed, right after our own write, what it made of the value. */
    public Mark readBack(String shown) {
      return new Mark(sent, shown.equals(sent) ? "" : shown, other, corrections);
    }

    /**
     * Judges a different value that Salesforce shows, while the source still has the value that was
     * sent.
     */
    public Difference judge(String shown) {
      if (isOfEarlierVersion()) {
        return Difference.EDITED;
      }
      if (shown.equals(made)) {
        return Difference.NOT_TAKEN_OVER;
      }
      return corrections >= MOST_CORRECTIONS || (corrections > 0 && shown.equals(other))
          ? Difference.CHANGED_BACK
          : Difference.EDITED;
    }

    /** This mark, followed by {@code next}. */
    private Mark then(Mark next) {
      if (next.corrections != JUST_SENT) {
        return next;
      }
      String replaced = next.other;
      if (!next.sent.equals(sent)) {
        return first(next);
      }
      if (isOfEarlierVersion()) {
        return new Mark(sent, "", replaced, 1);
      }
      // Sent again by a retry, or by a run that was killed before it knew the result.
      boolean known =
          replaced.isEmpty()
              || replaced.equals(made)
              || replaced.equals(other)
              || replaced.equals(sent);
      return known
          ? new Mark(sent, "", other, corrections)
          : new Mark(sent, "", replaced, corrections + 1);
    }

    private static Mark first(Mark next) {
      return next.corrections == JUST_SENT ? new Mark(next.sent, "", "", 0) : next;
    }
  }

  /** Why Salesforce and the source differ. */
  public enum Difference {
    /** Salesforce changed our own write; sending the value again would end the same way. */
    NOT_TAKEN_OVER,
    /** A person edited it after Salesforce had shown our value: the field's policy decides. */
    EDITED,
    /** We corrected it, and it was changed back to the same value: a person must decide. */
    CHANGED_BACK
  }

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

  /** These marks, followed by the other's. A value that is sent again keeps its history. */
  public SentValues with(SentValues other) {
    SortedMap<FieldName, Mark> merged = new TreeMap<>(marks);
    other.marks.forEach(
        (field, next) -> {
          Mark before = marks.get(field);
          merged.put(field, before == null ? Mark.first(next) : before.then(next));
        });
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
