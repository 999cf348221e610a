package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.EarlierReading;
import edu.cumc.aou.sync.mapping.FieldPolicy;
import edu.cumc.aou.sync.mapping.ReadValue;
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
 * @param oldValues what Salesforce shows for those fields
 * @param refused {@code Field:rule} of values that must not be sent
 * @param notTakenOver fields that Salesforce changed when we wrote them
 * @param changedBack fields that we corrected before, and that now differ again
 */
record FieldDiff(
    FieldValues newValues,
    FieldValues oldValues,
    List<String> refused,
    List<FieldName> notTakenOver,
    List<FieldName> changedBack) {

  /** Nothing differs. */
  static FieldDiff none() {
    return new FieldDiff(FieldValues.empty(), FieldValues.empty(), List.of(), List.of(), List.of());
  }

  /** Whether there is anything to send. */
  boolean isEmpty() {
    return newValues.isEmpty();
  }

  /** The same without blanks: it clears no field, whatever its policy. */
  FieldDiff withoutClears() {
    SortedMap<FieldName, FieldValue> kept = new TreeMap<>(newValues.asMap());
    kept.values().removeIf(FieldValue::isBlank);
    List<String> spoken =
        refused.stream().filter(r -> !r.endsWith(":" + ReadValue.CANNOT_BE_BLANK)).toList();
    return new FieldDiff(FieldValues.of(kept), oldValues, spoken, notTakenOver, changedBack);
  }

  /** The rule that forbids sending the value of a field, if there is one. */
  Optional<String> ruleOf(FieldName field) {
    String prefix = field + ":";
    return refused.stream()
        .filter(r -> r.startsWith(prefix))
        .map(r -> r.substring(prefix.length()))
        .findFirst();
  }

  /**
   * The fields that are left alone, except the one that causes the rejection: the rejection itself
   * names that field.
   *
   * @param rejection the code of the rejection; empty text if the record is not rejected
   */
  List<String> leftAlone(String rejection) {
    return refused.stream().filter(r -> !rejection.equals(Corrections.REFUSED + r)).toList();
  }

  /** A field with a value on which our own rules fail. */
  Optional<FieldName> unreadable() {
    String suffix = ":" + ReadValue.UNREADABLE;
    return refused.stream()
        .filter(r -> r.endsWith(suffix))
        .map(r -> new FieldName(r.substring(0, r.length() - suffix.length())))
        .findFirst();
  }

  /**
   * The new values that correct an earlier version. It read the source in another way, or mistook
   * an edit for what Salesforce made of our own write.
   */
  List<FieldName> corrections(List<BoundField> fields, SourceRow row, SentValues sent) {
    return fields.stream()
        .filter(field -> newValues.contains(field.name()))
        .filter(
            field -> {
              FieldValue wanted = newValues.get(field.name());
              boolean wasLeft =
                  sent.mark(field.name())
                      .filter(SentValues.Mark::isOfEarlierVersion)
                      .filter(mark -> mark.sent().equals(ValueHash.of(wanted)))
                      .isPresent();
              return wasLeft
                  || EarlierReading.leaves(field, row, wanted, oldValues.get(field.name()));
            })
        .map(BoundField::name)
        .toList();
  }

  /** Compares a row with what is mirrored. */
  static FieldDiff of(
      List<BoundField> fields,
      SourceRow row,
      FieldValues mirrored,
      SentValues sent,
      LocalDate today) {
    return of(fields, row, mirrored, sent, today, false);
  }

  /**
   * The same, perhaps for a retry.
   *
   * @param again whether to send values again that had no effect before
   */
  static FieldDiff of(
      List<BoundField> fields,
      SourceRow row,
      FieldValues mirrored,
      SentValues sent,
      LocalDate today,
      boolean again) {
    Collector collector = new Collector(again);
    for (BoundField field : fields) {
      ReadValue reading = field.read(row, today);
      if (reading instanceof ReadValue.Value value) {
        collector.compare(field, row, value.value(), field.seen(mirrored.get(field.name())), sent);
      } else if (reading instanceof ReadValue.Refused refusal) {
        collector.refused.add(field.name() + ":" + refusal.rule());
      }
    }
    return collector.toDiff();
  }

  /** Everything that a row gives for a record that does not exist yet: no blanks. */
  static FieldDiff ofNew(List<BoundField> fields, SourceRow row, LocalDate today) {
    return of(fields, row, FieldValues.empty(), SentValues.none(), today);
  }

  private static final class Collector {
    private final SortedMap<FieldName, FieldValue> newValues = new TreeMap<>();
    private final SortedMap<FieldName, FieldValue> oldValues = new TreeMap<>();
    private final List<String> refused = new ArrayList<>();
    private final List<FieldName> notTakenOver = new ArrayList<>();
    private final List<FieldName> changedBack = new ArrayList<>();
    private final boolean again;

    Collector(boolean again) {
      this.again = again;
    }

    void compare(
        BoundField field, SourceRow row, FieldValue wanted, FieldValue seen, SentValues sent) {
      Optional<String> rule = field.ruleAgainst(wanted, seen);
      if (rule.isPresent()) {
        refused.add(field.name() + ":" + rule.get());
        return;
      }
      if (wanted.equals(seen)
          || (leaveAlone(field, wanted, seen, sent)
              && !isOurPlaceholder(field, row, wanted, seen, sent))) {
        return;
      }
      switch (again ? SentValues.Difference.EDITED : difference(field, wanted, seen, sent)) {
        case NOT_TAKEN_OVER -> notTakenOver.add(field.name());
        case CHANGED_BACK -> changedBack.add(field.name());
        case EDITED -> {
          newValues.put(field.name(), wanted);
          oldValues.put(field.name(), seen);
        }
      }
    }

    private static SentValues.Difference difference(
        BoundField field, FieldValue wanted, FieldValue seen, SentValues sent) {
      return sent.mark(field.name())
          .filter(mark -> mark.sent().equals(ValueHash.of(wanted)))
          .map(mark -> mark.judge(ValueHash.of(seen)))
          // The source has a new value.
          .orElse(SentValues.Difference.EDITED);
    }

    /** A placeholder that an earlier version sent is ours, so no policy protects it from us. */
    private static boolean isOurPlaceholder(
        BoundField field, SourceRow row, FieldValue wanted, FieldValue seen, SentValues sent) {
      return wanted.isBlank()
          && !seen.isBlank()
          && field.isClearable()
          && seen.equals(field.asWritten(row))
          && sent.mark(field.name()).filter(m -> m.sent().equals(ValueHash.of(seen))).isPresent();
    }

    private static boolean leaveAlone(
        BoundField field, FieldValue wanted, FieldValue seen, SentValues sent) {
      if (wanted.isBlank()) {
        return field.policy() != FieldPolicy.OVERWRITE || !field.isClearable();
      }
      return field.policy() == FieldPolicy.FILL_ONLY
          && !seen.isBlank()
          && !isYetToBeFilled(field, wanted, seen, sent);
    }

    /**
     * What Salesforce itself made is nobody's value: of ours when we filled it in, or the unticked
     * box of a new record. If a box once kept our tick, a person has unticked it.
     */
    private static boolean isYetToBeFilled(
        BoundField field, FieldValue wanted, FieldValue seen, SentValues sent) {
      Optional<SentValues.Mark> mark =
          sent.mark(field.name()).filter(m -> m.sent().equals(ValueHash.of(wanted)));
      return mark.isPresent()
          ? mark.get().judge(ValueHash.of(seen)) == SentValues.Difference.NOT_TAKEN_OVER
          : field.isUnticked(seen);
    }

    FieldDiff toDiff() {
      return new FieldDiff(
          FieldValues.of(newValues),
          FieldValues.of(oldValues),
          List.copyOf(refused),
          List.copyOf(notTakenOver),
          List.copyOf(changedBack));
    }
  }
}
