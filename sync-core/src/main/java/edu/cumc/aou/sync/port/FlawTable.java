package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parts of the source that cannot be sent: fields that are left alone, and rows that are rejected.
 * Each has one row, which stays the same while the source does. Holds personal data. Thread-safe,
 * except for cursors.
 */
public interface FlawTable {

  /** Longer subjects and values are cut off; a value that was cut ends with {@link #CUT}. */
  int LONGEST = 200;

  /** The end of a value that was cut. */
  String CUT = "\u2026";

  /**
   * All flaws, ordered by subject, then by what is wrong, in binary order, in constant memory. The
   * table may change meanwhile. The caller closes the cursor.
   */
  Cursor<Flaw> read();

  /** The flaws of one participant, in the order of {@link #read}. */
  List<Flaw> of(PmiId pmiId);

  /**
   * Removes some flaws and enters others; a new one replaces the one with the same subject and
   * {@code what}.
   *
   * @return the new ones that a person has already decided about, with the same source
   */
  List<Flaw> change(List<Flaw> gone, List<Flaw> found);

  /** Whether a field or a whole row is left out. */
  enum Kind {
    FIELD,
    ROW
  }

  /**
   * One flaw.
   *
   * @param subject the PMI ID; for a row without one, the text in its place, perhaps empty
   * @param what {@code contact.Email:invalid-email} for a field, {@code contact.contradicting-rows}
   *     for a row; followed by {@code #} and the row's number where several have one subject
   * @param sourceHash of what the source says there
   * @param value what the source says there; empty text if that is no single value
   * @param position for a row without a PMI ID, its place in the order of PMI IDs when it was first
   *     found; otherwise 0
   * @param firstRun the run that found it first; null until a run has stored it
   * @param decided the hash of the source when a person last acknowledged the flaw; null if nobody
   *     has
   */
  record Flaw(
      String subject,
      Kind kind,
      String what,
      String sourceHash,
      String value,
      long position,
      @Nullable RunId firstRun,
      @Nullable String decided) {

    public Flaw {
      subject = cut(subject, LONGEST);
      value = value.length() > LONGEST ? cut(value, LONGEST - CUT.length()) + CUT : value;
    }

    /** A field that is left alone. */
    public static Flaw ofField(
        PmiId pmiId, CrmObject object, String fieldAndRule, String hash, String value) {
      return new Flaw(
          pmiId.value(),
          Kind.FIELD,
          object.word() + "." + fieldAndRule,
          hash,
          value,
          0,
          null,
          null);
    }

    /** A participant's row that is rejected. */
    public static Flaw ofRow(PmiId pmiId, CrmObject object, String code, String hash) {
      return new Flaw(pmiId.value(), Kind.ROW, object.word() + "." + code, hash, "", 0, null, null);
    }

    /**
     * A row with a key that is no PMI ID.
     *
     * @param number counts the rows of its object with that key, from 1
     * @param position its place among the rows of its object
     */
    public static Flaw ofKey(
        String key, CrmObject object, String code, int number, String hash, long position) {
      return new Flaw(
          key,
          Kind.ROW,
          String.format(Locale.ROOT, "%s.%s#%07d", object.word(), code, number),
          hash,
          key,
          position,
          null,
          null);
    }

    /** The same flaw, first found by a run. */
    public Flaw foundBy(RunId run) {
      return new Flaw(subject, kind, what, sourceHash, value, position, run, decided);
    }

    private static String cut(String text, int length) {
      if (text.length() <= length) {
        return text;
      }
      int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
      return text.substring(0, end);
    }

    /** The name in counts: object, a dot, and field and rule, or a code. */
    public String name() {
      int number = what.indexOf('#');
      return number < 0 ? what : what.substring(0, number);
    }

    public CrmObject object() {
      return CrmObject.valueOf(what.substring(0, what.indexOf('.')).toUpperCase(Locale.ROOT));
    }

    /** The field that is left alone; empty text for a row. */
    public String field() {
      return kind == Kind.FIELD ? name().substring(what.indexOf('.') + 1, colon()) : "";
    }

    /** The rule that the value breaks, or the code that rejects the row. */
    public String code() {
      return name().substring(kind == Kind.FIELD ? colon() + 1 : what.indexOf('.') + 1);
    }

    private int colon() {
      return name().lastIndexOf(':');
    }

    /** The participant; empty for a row with a key that is no PMI ID. */
    public Optional<PmiId> pmiId() {
      return PmiId.isCanonical(subject) ? Optional.of(new PmiId(subject)) : Optional.empty();
    }

    /** Whether no run up to this one has found it. */
    public boolean isAfter(long run) {
      return firstRun == null || firstRun.value() > run;
    }

    /** Whether a person has acknowledged it and the source has not changed since. */
    public boolean isAcknowledged() {
      return sourceHash.equals(decided);
    }

    /** Whether both flaws are in the same place. */
    public boolean isAt(Flaw other) {
      return subject.equals(other.subject) && what.equals(other.what);
    }

    /** Whether it comes before the other in the order of {@link FlawTable#read}. */
    public boolean isBefore(Flaw other) {
      int order = subject.compareTo(other.subject);
      return order == 0 ? what.compareTo(other.what) < 0 : order < 0;
    }

    @Override
    public String toString() {
      return "Flaw[" + name() + "]";
    }
  }
}
