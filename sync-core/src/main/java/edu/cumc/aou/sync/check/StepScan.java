package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.ParticipantSource.ValueCount;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells what the steps of a field make of its values. It asks the code that reads a run's values,
 * with blanks in columns that a step joins.
 */
final class StepScan {

  /** Only this many of the most frequent values are judged. */
  static final int MOST_VALUES = 1000;

  private final ParticipantSource source;
  private final LocalDate today;
  private final boolean showValues;

  StepScan(ParticipantSource source, LocalDate today, boolean showValues) {
    this.source = source;
    this.today = today;
    this.showValues = showValues;
  }

  List<Finding> of(String section, SourceRelation relation, List<BoundField> fields) {
    List<Finding> findings = new ArrayList<>();
    for (BoundField field : fields) {
      if (field.isStepped() && field.columns().isEmpty()) {
        findings.add(ofConstant(section + "." + field.name(), field));
      } else if (field.isStepped()) {
        findings.add(
            of(
                section + "." + field.name() + ".steps",
                field,
                source.values(relation, field.columns().get(0), MOST_VALUES)));
      }
    }
    return findings;
  }

  private Finding ofConstant(String subject, BoundField field) {
    return field.read(new SourceRow(new SourceRow.Header(List.of())), today)
            instanceof ReadValue.Refused refused
        ? Finding.error(
            FindingCode.RECORD_NOT_USABLE,
            subject,
            "its value is refused by the rule " + refused.rule(),
            "correct the value, or see to it that just one record has it: every record would lack"
                + " the field")
        : Finding.ok(subject, "its value leads to one record");
  }

  private Finding of(String subject, BoundField field, List<ValueCount> values) {
    Map<String, List<ValueCount>> refused = new TreeMap<>();
    for (ValueCount value : values) {
      rule(field, value)
          .ifPresent(rule -> refused.computeIfAbsent(rule, r -> new ArrayList<>()).add(value));
    }
    String seen = values.size() < MOST_VALUES ? "" : "the most frequent ";
    String column = field.columns().get(0);
    if (refused.isEmpty()) {
      return Finding.ok(
          subject,
          String.format(
              Locale.ROOT,
              "give the field a value for %s%,d values that occur in %s",
              seen,
              values.size(),
              column));
    }
    List<ValueCount> all = refused.values().stream().flatMap(List::stream).toList();
    long rows = all.stream().mapToLong(ValueCount::rows).sum();
    boolean none = all.size() == values.size();
    String message =
        String.format(
            Locale.ROOT,
            "refuse %,d of %s%,d values that occur in %s (%,d rows), by the rule%s %s",
            all.size(),
            seen,
            values.size(),
            column,
            rows,
            refused.size() == 1 ? "" : "s",
            String.join(", ", refused.keySet()));
    String advice =
        "the field is left alone for these rows: add them to the map or the table, say unknown ="
            + " keep, or correct the step; aou-sync check --show-values lists them";
    Finding finding =
        none
            ? Finding.error(FindingCode.NEVER_FITS, subject, message, advice)
            : Finding.warning(FindingCode.SELDOM_FITS, subject, message, advice);
    return showValues
        ? finding.withValues(
            all.stream()
                .map(v -> String.format(Locale.ROOT, "%s (%,d rows)", v.text(), v.rows()))
                .toList())
        : finding;
  }

  private Optional<String> rule(BoundField field, ValueCount value) {
    SourceRow row =
        new SourceRow(new SourceRow.Header(List.of(field.columns().get(0))), value.text());
    return field.read(row, today) instanceof ReadValue.Refused refused
        ? Optional.of(refused.rule())
        : Optional.empty();
  }
}
