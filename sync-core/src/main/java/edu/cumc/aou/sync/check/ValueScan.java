package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.mapping.SourceKind;
import edu.cumc.aou.sync.mapping.Transform;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Compares the values in the source with what the fields accept. Asks one query for each column
 * that feeds a restricted picklist, and one for the lengths of all texts of a relation.
 */
final class ValueScan {

  /**
   * A column with more values than this feeds no picklist; only the most frequent ones are judged.
   */
  static final int MOST_VALUES = 200;

  private static final Pattern ZONED = Pattern.compile("\\d(?:[zZ]| ?UTC|[+-]\\d{2}:?\\d{2})\\s*$");

  private static final Pattern MIDNIGHT =
      Pattern.compile("\\s*\\d{4}-\\d{2}-\\d{2}[T ]+00:00(?::00(?:\\.0+)?)?(?!\\d|:|\\.)");

  private static final Set<FieldKind> TEXTS =
      Set.of(FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.EMAIL, FieldKind.PHONE);

  /** Other transforms make a short value of a text, however long it is. */
  private static final Set<Transform> TAKEN_AS_IT_STANDS =
      Set.of(Transform.TEXT, Transform.LOWER_CASE);

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
      if (isJudgedByValue(field, columns) && mayFit(field, columns)) {
        findings.addAll(values(section + "." + field.name(), relation, field));
      }
    }
    List<BoundField> texts =
        fields.stream()
            .filter(f -> TEXTS.contains(f.info().kind()) && f.info().length() > 0)
            .filter(f -> !f.columns().isEmpty() && !f.isStepped() && isText(f, columns))
            .filter(f -> TAKEN_AS_IT_STANDS.contains(f.transform()))
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
            + " shows, Salesforce takes any of its values from a program, and refuses on its pages"
            + " those that do not fit; "
            + controller
            + (mapped ? " is mapped as well" : " is not mapped, so staff must keep both in line"));
  }

  /** Whether the field takes some texts only. */
  private static boolean isJudgedByValue(BoundField field, SourceColumns columns) {
    return field.columns().size() == 1
        && !field.isStepped()
        && (field.info().restricted()
            || field.transform() == Transform.FLAG
            || (field.isDated() && isText(field, columns)));
  }

  /** A column with no fitting value has a finding already; its values need none. */
  private static boolean mayFit(BoundField field, SourceColumns columns) {
    return ColumnFit.of(field, columns.typeOf(field.columns().get(0))).isEmpty();
  }

  private static boolean isText(BoundField field, SourceColumns columns) {
    return columns.typeOf(field.columns().get(0)) == SourceColumns.Type.TEXT;
  }

  private List<Finding> values(String subject, SourceRelation relation, BoundField field) {
    String column = field.columns().get(0);
    List<ValueCount> found = source.values(relation, column, MOST_VALUES);
    String seen = found.size() < MOST_VALUES ? "" : "the most frequent ";
    SortedMap<String, List<ValueCount>> refused = new TreeMap<>();
    for (ValueCount value : found) {
      String rule = ruleAgainst(field, column, value);
      if (!rule.isEmpty()) {
        refused.computeIfAbsent(rule, r -> new ArrayList<>()).add(value);
      }
    }
    String all =
        String.format(Locale.ROOT, "%s%,d values that occur in %s", seen, found.size(), column);
    if (field.isDated() && moves(field, column, found)) {
      return List.of(
          Finding.warning(
              FindingCode.LOOKS_LIKE_DAYS,
              subject,
              "reads "
                  + all
                  + " as midnights of another zone, of which some are the day before here",
              "if these are days, add source-kind = day"));
    }
    if (refused.isEmpty()) {
      return field.info().restricted() ? List.of(Finding.ok(subject, "takes " + all)) : List.of();
    }
    return refused.entrySet().stream()
        .map(rule -> refusal(subject, rule.getKey(), rule.getValue(), all))
        .toList();
  }

  /** Whether all that have a zone are midnights, and the field would get another day of one. */
  private boolean moves(BoundField field, String column, List<ValueCount> found) {
    List<ValueCount> zoned = found.stream().filter(v -> ZONED.matcher(v.text()).find()).toList();
    return field.sourceKind() != SourceKind.DAY
        && zoned.stream().allMatch(v -> MIDNIGHT.matcher(v.text()).lookingAt())
        && zoned.stream()
            .anyMatch(
                v ->
                    read(field, column, v) instanceof ReadValue.Value day
                        && !v.text().trim().startsWith(day.value().text()));
  }

  private Finding refusal(String subject, String rule, List<ValueCount> refused, String all) {
    long rows = refused.stream().mapToLong(ValueCount::rows).sum();
    String counts = String.format(Locale.ROOT, "%,d of %s (%,d rows)", refused.size(), all, rows);
    if (rule.equals(ReadValue.DAY_BEFORE_MONTH)) {
      return Finding.warning(
          FindingCode.SELDOM_FITS,
          subject,
          counts + " begin with a number that is no month, so the day seems to stand first",
          "add steps = [{ date { from = \"d/M/yyyy\" } }]: without it, days up to the 12th are sent"
              + " with day and month exchanged");
    }
    boolean isOfThePicklist = rule.equals(FindingCode.NOT_IN_PICKLIST.word());
    Finding finding =
        isOfThePicklist
            ? Finding.warning(
                FindingCode.NOT_IN_PICKLIST,
                subject,
                "is a restricted picklist and does not take " + counts,
                "the field is left alone for these rows: add the values to the picklist, or correct"
                    + " the source; aou-sync check --show-values lists them")
            : Finding.warning(
                FindingCode.SELDOM_FITS,
                subject,
                "the rule " + rule + " refuses " + counts,
                "the field is left alone for these rows: correct the source, or map another column;"
                    + " aou-sync check --show-values lists them");
    return showValues
        ? finding.withValues(
            refused.stream()
                .map(v -> String.format(Locale.ROOT, "%s (%,d rows)", v.text(), v.rows()))
                .toList())
        : finding;
  }

  /** Empty text if the field takes the value. */
  private String ruleAgainst(BoundField field, String column, ValueCount value) {
    return read(field, column, value) instanceof ReadValue.Refused refusal ? refusal.rule() : "";
  }

  private ReadValue read(BoundField field, String column, ValueCount value) {
    return field.read(new SourceRow(new SourceRow.Header(List.of(column)), value.text()), today);
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
                    "takes %,d %s, and the longest text in %s has %,d",
                    field.info().length(),
                    field.info().length() == 1 ? "character" : "characters",
                    column,
                    length),
                field.isRequired()
                    ? "a new Contact needs this field, so a text that is too long rejects the"
                        + " person: lengthen the field, or shorten the text in the source"
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
