package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the source says that cannot be sent: fields that are left alone, and rows that are rejected.
 * One row each, which stays as it is while the source says the same. Holds personal data.
 * Thread-safe, except for cursors.
 */
public interface FlawTable {

  /** Longer subjects and values lose their ends. */
  int LONGEST = 200;

  /**
   * All of them, ordered by subject, then by what is wrong, in binary order, in constant memory.
   * The table may be changed meanwhile. The caller closes the cursor.
   */
  Cursor<Flaw> read();

  /** Those about one participant, in the order of {@link #read}. */
  List<Flaw> of(PmiId pmiId);

  /**
   * Removes some and enters others, or puts them in the place of those of the same subject and
   * {@code what}.
   *
   * @return those entered of which somebody has decided already, when the source said the same
   */
  List<Flaw> change(List<Flaw> gone, List<Flaw> found);

  /** Whether a field is left alone or the whole row is not taken. */
  enum Kind {
    FIELD,
    ROW
  }

  /**
   * One of them.
   *
   * @param subject the PMI ID; of a row without one, what stands in its place, perhaps nothing
   * @param what {@code contact.Email:invalid-email} of a field, {@code contact.contradicting-rows}
   *     of a row; with the row's number behind a {@code #} where several have one subject
   * @param sourceHash of what the source says there
   * @param value what the source says there; empty text where that is no single value
   * @param position where a row without a PMI ID stands in the order of PMI IDs, as it was found
   *     first; 0 for everything else
   * @param firstRun the run that found it first; null before a run has kept it
   * @param decided the hash of what the source said when somebody acknowledged it last; null if
   *     nobody has
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
      subject = cut(subject);
      value = cut(value);
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

    /** A participant's row that is not taken. */
    public static Flaw ofRow(PmiId pmiId, CrmObject object, String code, String hash) {
      return new Flaw(pmiId.value(), Kind.ROW, object.word() + "." + code, hash, "", 0, null, null);
    }

    /**
     * A row whose key is no PMI ID.
     *
     * @param number the so manieth of its object with that key, from 1
     * @param position where it stands among the rows of its object
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

    /** The same, found first by a run. */
    public Flaw foundBy(RunId run) {
      return new Flaw(subject, kind, what, sourceHash, value, position, run, decided);
    }

    private static String cut(String text) {
      if (text.length() <= LONGEST) {
        return text;
      }
      int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
      return text.substring(0, end);
    }

    /** What it is called in counts: object, a dot, and field and rule, or a code. */
    public String name() {
      int number = what.indexOf('#');
      return number < 0 ? what : what.substring(0, number);
    }

    public CrmObject object() {
      return CrmObject.valueOf(what.substring(0, what.indexOf('.')).toUpperCase(Locale.ROOT));
    }

    /** The field that is left alone; empty text if the row is. */
    public String field() {
      return kind == Kind.FIELD ? name().substring(what.indexOf('.') + 1, colon()) : "";
    }

    /** The rule that the value breaks, or the code for which the row is rejected. */
    public String code() {
      return name().substring(kind == Kind.FIELD ? colon() + 1 : what.indexOf('.') + 1);
    }

    private int colon() {
      return name().lastIndexOf(':');
    }

    /** Whose it is; empty for a row whose key is no PMI ID. */
    public Optional<PmiId> pmiId() {
      return PmiId.isCanonical(subject) ? Optional.of(new PmiId(subject)) : Optional.empty();
    }

    /** Whether no run up to this one had found it. */
    public boolean isAfter(long run) {
      return firstRun == null || firstRun.value() > run;
    }

    /** Whether somebody has acknowledged it, and the source says what it said then. */
    public boolean isAcknowledged() {
      return sourceHash.equals(decided);
    }

    /** Whether both are about the same place. */
    public boolean isAt(Flaw other) {
      return subject.equals(other.subject) && what.equals(other.what);
    }

    /** Whether it comes before another in the order of {@link FlawTable#read}. */
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
