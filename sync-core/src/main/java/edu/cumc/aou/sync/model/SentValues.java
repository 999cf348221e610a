package edu.cumc.aou.sync.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What we last sent of each field of a record and what became of it, as hashes: enough to tell an
 * edit by somebody from what Salesforce made of our own write. Immutable.
 */
public final class SentValues {

  private static final SentValues NONE = new SentValues(new TreeMap<>());

  /** So often a field is corrected to one and the same value of the source, at most. */
  private static final int MOST_CORRECTIONS = 3;

  private static final int OF_EARLIER_VERSION = -2;
  private static final int JUST_SENT = -1;

  /**
   * One field.
   *
   * @param sent hash of the value that was sent
   * @param made hash of what Salesforce made of it, read back after our own write; empty if it took
   *     the value over
   * @param other hash of the value that Salesforce showed instead, later on, when the value was
   *     last sent once more; empty if it never was
   * @param corrections how often the value was sent once more because of that
   */
  public record Mark(String sent, String made, String other, int corrections) {

    /**
     * A value that was sent just now, over the value with the hash {@code replaced}; empty if
     * nobody had seen what it replaced, so that it corrected nothing.
     */
    public static Mark justSent(String sent, String replaced) {
      return new Mark(sent, "", replaced, JUST_SENT);
    }

    /** Reads what {@link #text} wrote, or a program before this one. */
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
     * Whether a program wrote it that took an edit by somebody for what Salesforce made of the
     * value: then nobody knows what {@code made} is.
     */
    public boolean isOfEarlierVersion() {
      return corrections == OF_EARLIER_VERSION;
    }

    /** The mark after Salesforce showed, right after our own write, what it made of the value. */
    public Mark readBack(String shown) {
      return new Mark(sent, shown.equals(sent) ? "" : shown, other, corrections);
    }

    /** What another value means that Salesforce shows while the source still says what was sent. */
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

    /** This mark, after {@code next} came to be. */
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
      // sent once more by a retry, or by a run that was killed before it knew
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

  /** Why Salesforce shows something else than the source. */
  public enum Difference {
    /** Salesforce made it of our own write: to send the value again would come to the same. */
    NOT_TAKEN_OVER,
    /** Somebody changed it after Salesforce had shown the value: the field's policy decides. */
    EDITED,
    /** It was corrected, and has been changed to the same again: somebody must decide. */
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

  /**
   * These marks after those of the other came to be: of a value that is sent once more, what became
   * of it before is kept.
   */
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
