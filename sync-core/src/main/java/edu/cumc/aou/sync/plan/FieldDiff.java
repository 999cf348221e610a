package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.FieldPolicy;
import edu.cumc.aou.sync.mapping.Reading;
import edu.cumc.aou.sync.mapping.ValueHash;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SourceRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What differs between a source row and a Salesforce record, field by field, under each field's
 * policy.
 *
 * @param newValues what to send; blank clears
 * @param oldValues what Salesforce shows of those fields
 * @param refused {@code Field:rule} of values that must not be sent
 * @param notTakenOver fields of which Salesforce made something else than we sent
 * @param newlySeen marks to keep, for fields of which that was noticed just now
 */
record FieldDiff(
    FieldValues newValues,
    FieldValues oldValues,
    List<String> refused,
    List<FieldName> notTakenOver,
    SentValues newlySeen) {

  /** Whether there is anything to send. */
  boolean isEmpty() {
    return newValues.isEmpty();
  }

  /** Why the value of a field must not be sent, if it must not. */
  Optional<String> ruleOf(FieldName field) {
    String prefix = field + ":";
    return refused.stream()
        .filter(r -> r.startsWith(prefix))
        .map(r -> r.substring(prefix.length()))
        .findFirst();
  }

  /** A field on whose value our own rules fail. */
  Optional<FieldName> unreadable() {
    String suffix = ":" + Reading.UNREADABLE;
    return refused.stream()
        .filter(r -> r.endsWith(suffix))
        .map(r -> new FieldName(r.substring(0, r.length() - suffix.length())))
        .findFirst();
  }

  /** Compares a row with what is mirrored. */
  static FieldDiff of(
      List<BoundField> fields,
      SourceRow row,
      FieldValues mirrored,
      SentValues sent,
      LocalDate today) {
    Collector collector = new Collector();
    for (BoundField field : fields) {
      Reading reading = field.read(row, today);
      if (reading instanceof Reading.Value value) {
        collector.compare(field, value.value(), field.seen(mirrored.get(field.name())), sent);
      } else if (reading instanceof Reading.Refused refusal) {
        collector.refused.add(field.name() + ":" + refusal.rule());
      }
    }
    return collector.toDiff();
  }

  /** All that a row says for a record that does not exist yet: no blanks. */
  static FieldDiff ofNew(List<BoundField> fields, SourceRow row, LocalDate today) {
    return of(fields, row, FieldValues.empty(), SentValues.none(), today);
  }

  /** The marks of what is sent by these values. */
  static SentValues marksOf(FieldValues values) {
    SortedMap<FieldName, SentValues.Mark> marks = new TreeMap<>();
    values
        .asMap()
        .forEach((field, value) -> marks.put(field, new SentValues.Mark(ValueHash.of(value), "")));
    return SentValues.of(marks);
  }

  private static final class Collector {
    private final SortedMap<FieldName, FieldValue> newValues = new TreeMap<>();
    private final SortedMap<FieldName, FieldValue> oldValues = new TreeMap<>();
    private final List<String> refused = new ArrayList<>();
    private final List<FieldName> notTakenOver = new ArrayList<>();
    private final SortedMap<FieldName, SentValues.Mark> newlySeen = new TreeMap<>();

    void compare(BoundField field, FieldValue wanted, FieldValue seen, SentValues sent) {
      if (wanted.equals(seen) || leaveAlone(field, wanted, seen)) {
        return;
      }
      Optional<SentValues.Mark> mark = sent.mark(field.name());
      if (mark.isPresent() && isNotTakenOver(field, mark.get(), wanted, seen)) {
        return;
      }
      newValues.put(field.name(), wanted);
      oldValues.put(field.name(), seen);
    }

    /** Whether the source still says what was sent, and Salesforce what it made of it. */
    private boolean isNotTakenOver(
        BoundField field, SentValues.Mark mark, FieldValue wanted, FieldValue seen) {
      if (!mark.sent().equals(ValueHash.of(wanted))) {
        return false;
      }
      String seenHash = ValueHash.of(seen);
      if (mark.seen().isEmpty()) {
        newlySeen.put(field.name(), new SentValues.Mark(mark.sent(), seenHash));
      } else if (!mark.seen().equals(seenHash)) {
        // a value that moved again after the difference was noticed is somebody's edit: the policy
        // decides, as for any other
        return false;
      }
      notTakenOver.add(field.name());
      return true;
    }

    private static boolean leaveAlone(BoundField field, FieldValue wanted, FieldValue seen) {
      if (wanted.isBlank()) {
        return field.policy() != FieldPolicy.OVERWRITE || !field.isClearable();
      }
      return field.policy() == FieldPolicy.FILL_ONLY && !seen.isBlank();
    }

    FieldDiff toDiff() {
      return new FieldDiff(
          FieldValues.of(newValues),
          FieldValues.of(oldValues),
          List.copyOf(refused),
          List.copyOf(notTakenOver),
          SentValues.of(newlySeen));
    }
  }
}
