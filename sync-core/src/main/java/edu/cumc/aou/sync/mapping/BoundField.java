package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.SourceRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A field of the mapping that is known to exist on both sides: the columns as the database spells
 * them, the field as describe states it. Immutable.
 */
public final class BoundField {

  private final FieldRule rule;
  private final List<String> columns;
  private final FieldInfo info;
  private final SourceDates dates;

  /**
   * {@code columns}: the one that feeds the field, and perhaps the one of its second line; none for
   * a constant.
   */
  BoundField(FieldRule rule, List<String> columns, FieldInfo info, SourceDates dates) {
    this.rule = rule;
    this.columns = List.copyOf(columns);
    this.info = info;
    this.dates = dates;
  }

  /** The field's name in describe's case. */
  public FieldName name() {
    return info.name();
  }

  public FieldInfo info() {
    return info;
  }

  public FieldPolicy policy() {
    return rule.policy();
  }

  /** How the source's value becomes the field's. */
  public Transform transform() {
    return rule.transform();
  }

  /** Whether a new record without it must not be sent. */
  public boolean isRequired() {
    return rule.required() || info.required();
  }

  /** Whether a value can be taken away again: a boolean has only true and false. */
  public boolean isClearable() {
    return info.kind() != FieldKind.BOOLEAN && !info.required();
  }

  /** The source columns that it needs. */
  public List<String> columns() {
    return columns;
  }

  /** What this row says the field should be. Days are judged by {@code today} in the local zone. */
  public Reading read(SourceRow row, LocalDate today) {
    Reading raw = rule.constant().isEmpty() ? transform(row, today) : Reading.of(rule.constant());
    return raw instanceof Reading.Value value
        ? ValueChecks.check(info, Normaliser.canonical(info.kind(), value.value().text()))
        : raw;
  }

  /**
   * What Salesforce shows, in the form that {@link #read} gives: flags that an older program stored
   * as {@code 1.0} in a text field are {@code 1}.
   */
  public FieldValue seen(FieldValue mirrored) {
    if (rule.transform() == Transform.FLAG && info.kind() != FieldKind.BOOLEAN) {
      return Normaliser.canonical(FieldKind.NUMBER, mirrored.text());
    }
    return mirrored;
  }

  private Reading transform(SourceRow row, LocalDate today) {
    Object value = row.value(columns.get(0)).orElse("");
    return switch (rule.transform()) {
      case TEXT -> Reading.of(withSecondLine(textOf(value), row));
      case LOWER_CASE -> Reading.of(textOf(value).toLowerCase(Locale.ROOT));
      case DATE ->
          info.kind() == FieldKind.DATETIME
              ? dates.readInstant(value, rule.notFuture(), today)
              : dates.read(value, rule.notFuture(), today);
      case FLAG -> flag(value);
      case US_STATE -> state(Normaliser.line(textOf(value)));
    };
  }

  private String withSecondLine(String first, SourceRow row) {
    if (columns.size() < 2) {
      return first;
    }
    String second = Normaliser.trim(row.value(columns.get(1)).map(BoundField::textOf).orElse(""));
    String trimmed = Normaliser.trim(first);
    return trimmed.isEmpty() || second.isEmpty() ? trimmed + second : trimmed + "\n" + second;
  }

  private static String textOf(Object value) {
    return value instanceof BigDecimal number ? Normaliser.plain(number) : value.toString();
  }

  private Reading flag(Object value) {
    String raw = value instanceof Boolean set ? (set ? "1" : "0") : Normaliser.line(textOf(value));
    if (raw.isEmpty()) {
      return Reading.of("");
    }
    String text = inDigits(raw);
    if (!text.equals("0") && !text.equals("1") && !text.equals("2")) {
      return Reading.refused("not-a-flag");
    }
    if (info.kind() == FieldKind.BOOLEAN && text.equals("2")) {
      return Reading.refused("flag-not-sure");
    }
    return Reading.of(text);
  }

  /** A flag in words is understood, because the status rules understand one too. */
  private static String inDigits(String raw) {
    return switch (raw.toLowerCase(Locale.ROOT)) {
      case "true" -> "1";
      case "false" -> "0";
      default -> Normaliser.parseNumber(raw).map(Normaliser::plain).orElse(raw);
    };
  }

  private static Reading state(String text) {
    if (text.isEmpty()) {
      return Reading.of("");
    }
    Optional<String> name = UsStates.name(text);
    return name.isPresent() ? Reading.of(name.get()) : Reading.refused("unknown-state");
  }

  /** All that {@link #read} goes by, and the policy. */
  String rules() {
    return rule + " " + columns + " " + info + " " + dates.zones();
  }

  /** The text that identifies this binding in the mapping's fingerprint. */
  String signature() {
    return String.join(
        "|",
        info.name().value(),
        info.kind().name(),
        String.join("+", columns),
        rule.constant(),
        rule.transform().name(),
        rule.policy().name());
  }
}
