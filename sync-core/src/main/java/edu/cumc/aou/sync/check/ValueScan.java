package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.ParticipantSource.ValueCount;
import edu.cumc.aou.sync.port.SourceColumns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares the values in the source with what the fields accept. Asks one query for each column
 * that feeds a restricted picklist, and one for the lengths of all texts of a relation.
 */
final class ValueScan {

  /**
   * A column with more values than this feeds no picklist; only the most frequent ones are judged.
   */
  static final int MOST_VALUES = 200;

  private static final Set<FieldKind> TEXTS =
      Set.of(FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.EMAIL, FieldKind.PHONE);

  private final ParticipantSource source;
  private final LocalDate today;
  private final boolean showValues;

  ValueScan(ParticipantSource source, LocalDate today, boolean showValues) {
    this.source = source;
    this.today = today;
    this.showValues = showValues;
  }

  /** The values that the source has and the fields refuse. */
  List<Finding> of(
      String section, SourceRelation relation, List<BoundField> fields, SourceColumns columns) {
    List<Finding> findings = new ArrayList<>();
    for (BoundField field : fields) {
      String controller = field.info().controller();
      if (!controller.isEmpty()) {
        findings.add(depends(section + "." + field.name(), controller, fields));
      }
      if (field.info().restricted()
          && field.columns().size() == 1
          && !field.isStepped()
          && mayFit(field, columns)) {
        findings.add(picklist(section + "." + field.name(), relation, field));
      }
    }
    List<BoundField> texts =
        fields.stream()
            .filter(f -> TEXTS.contains(f.info().kind()) && f.info().length() > 0)
            .filter(f -> !f.columns().isEmpty() && !f.isStepped() && isText(f, columns))
            .toList();
    if (!texts.isEmpty()) {
      findings.addAll(lengths(section, relation, texts));
    }
    return findings;
  }

  /** Salesforce enforces a dependent picklist on its pages only, and refuses no value of ours. */
  private static Finding depends(String subject, String controller, List<BoundField> fields) {
    boolean mapped = fields.stream().anyMatch(f -> f.name().value().equalsIgnoreCase(controller));
    return Finding.ok(
        subject,
        "is a dependent picklist: whatever "
            + controller
            + " shows, Salesforce takes any of its values from a program, and refuses on its pages those"
            + " that do not fit; "
            + controller
            + (mapped ? " is mapped as well" : " is not mapped, so staff must keep both in line"));
  }

  /** A column with no fitting value has a finding already; its values need none. */
  private static boolean mayFit(BoundField field, SourceColumns columns) {
    return ColumnFit.of(field, columns.typeOf(field.columns().get(0))).isEmpty();
  }

  private static boolean isText(BoundField field, SourceColumns columns) {
    return columns.typeOf(field.columns().get(0)) == SourceColumns.Type.TEXT;
  }

  private Finding picklist(String subject, SourceRelation relation, BoundField field) {
    String column = field.columns().get(0);
    List<ValueCount> found = source.values(relation, column, MOST_VALUES);
    List<ValueCount> refused = found.stream().filter(v -> isRefused(field, column, v)).toList();
    String seen = found.size() < MOST_VALUES ? "" : "the most frequent ";
    if (refused.isEmpty()) {
      return Finding.ok(
          subject,
          String.format(
              Locale.ROOT, "takes %s%,d values that occur in %s", seen, found.size(), column));
    }
    long rows = refused.stream().mapToLong(ValueCount::rows).sum();
    Finding finding =
        Finding.warning(
            FindingCode.NOT_IN_PICKLIST,
            subject,
            String.format(
                Locale.ROOT,
                "is a restricted picklist and does not take %,d of %s%,d values that occur in %s"
                    + " (%,d rows)",
                refused.size(),
                seen,
                found.size(),
                column,
                rows),
            "the field is left alone for these rows: add the values to the picklist, or correct the"
                + " source; aou-sync check --show-values lists them");
    return showValues
        ? finding.withValues(
            refused.stream()
                .map(v -> String.format(Locale.ROOT, "%s (%,d rows)", v.text(), v.rows()))
                .toList())
        : finding;
  }

  private boolean isRefused(BoundField field, String column, ValueCount value) {
    SourceRow row = new SourceRow(new SourceRow.Header(List.of(column)), value.text());
    return field.read(row, today) instanceof ReadValue.Refused;
  }

  private List<Finding> lengths(String section, SourceRelation relation, List<BoundField> texts) {
    List<String> columns = texts.stream().map(f -> f.columns().get(0)).distinct().toList();
    Map<String, Long> longest = source.longest(relation, columns);
    List<Finding> findings = new ArrayList<>();
    for (BoundField field : texts) {
      String column = field.columns().get(0);
      long length = longest.getOrDefault(column, 0L);
      if (length > field.info().length()) {
        findings.add(
            Finding.warning(
                FindingCode.TOO_LONG,
                section + "." + field.name(),
                String.format(
                    Locale.ROOT,
                    "takes %,d characters, and the longest text in %s has %,d",
                    field.info().length(),
                    column,
                    length),
                field.isRequired()
                    ? "a new Contact needs this field, so a person whose text is too long is"
                        + " rejected: lengthen the field, or shorten the text in the source"
                    : "the field is left alone where the text is too long: lengthen the field, or"
                        + " shorten the text in the source"));
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok(section, "the longest texts of the source fit"));
    }
    return findings;
  }
}
