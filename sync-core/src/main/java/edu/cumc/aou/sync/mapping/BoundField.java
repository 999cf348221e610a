package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.Flags;
import edu.cumc.aou.sync.model.Numbers;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.Texts;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field of the mapping that exists on both sides: its columns as the database spells them, the
 * field as describe states it. Immutable.
 */
public final class BoundField {

  private final FieldRule rule;
  private final List<String> columns;
  private final List<String> feeding;
  private final StepChain steps;
  private final FieldInfo info;
  private final SourceReading reading;
  private final SourceDates dates;
  private final @Nullable Picklist picklist;

  /**
   * {@code feeding}: the column that feeds the field, and perhaps the one of its second line; none
   * for a constant.
   *
   * @param joined the columns that each join of the steps appends
   */
  BoundField(
      FieldRule rule,
      List<String> feeding,
      FieldInfo info,
      SourceReading reading,
      List<List<String>> joined,
      ValueTables tables,
      ParentIds parents) {
    this.rule = rule;
    this.feeding = List.copyOf(feeding);
    this.columns =
        Stream.concat(feeding.stream(), joined.stream().flatMap(List::stream)).distinct().toList();
    this.steps = new StepChain(rule.steps(), joined, reading.cells(), tables, parents);
    this.info = info;
    this.reading = reading;
    this.dates = reading.dates();
    this.picklist = Picklist.of(info).orElse(null);
  }

  /** A field with steps that need no other columns or tables. */
  BoundField(FieldRule rule, List<String> feeding, FieldInfo info, SourceReading reading) {
    this(rule, feeding, info, reading, List.of(), ValueTables.none(), ParentIds.none());
  }

  private BoundField(BoundField other, FieldRule rule) {
    this.rule = rule;
    this.feeding = other.feeding;
    this.columns = other.columns;
    this.steps = other.steps;
    this.info = other.info;
    this.reading = other.reading;
    this.dates = other.dates;
    this.picklist = other.picklist;
  }

  /**
   * The same field, but a value from the source replaces whatever Salesforce shows. What a blank
   * does stays as it is.
   *
   * @since 0.2.0
   */
  public BoundField winning() {
    return policy() == FieldPolicy.FILL_ONLY
        ? new BoundField(this, rule.with(FieldPolicy.NEVER_CLEAR))
        : this;
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

  /** What the times in its columns are. */
  public SourceKind sourceKind() {
    return rule.sourceKind();
  }

  /** Whether its value is a day or a point in time made from the source's. */
  public boolean isDated() {
    return rule.constant().isEmpty()
        && (rule.transform() == Transform.DATE
            || (rule.transform() == Transform.TEXT && isTime(info.kind())));
  }

  private static boolean isTime(FieldKind kind) {
    return kind == FieldKind.DATE || kind == FieldKind.DATETIME;
  }

  /** How the source's value becomes the field's. */
  public Transform transform() {
    return rule.transform();
  }

  /** Whether a new record needs a value here. */
  public boolean isRequired() {
    return rule.required() || info.required();
  }

  /** Whether the field can be cleared: a boolean has only true and false. */
  public boolean isClearable() {
    return info.kind() != FieldKind.BOOLEAN && !info.required();
  }

  /**
   * Whether this value is a box without its tick, which is as blank as a box can be.
   *
   * @since 0.2.0
   */
  public boolean isUnticked(FieldValue seen) {
    return info.kind() == FieldKind.BOOLEAN && seen.text().equals("false");
  }

  /**
   * Why a value must not replace what Salesforce shows: a blank, if the field must have a value or
   * is a ticked box; digits, if all that they change is to lose leading zeros. Programs that take
   * texts for numbers lose them on the way to the source.
   */
  public Optional<String> ruleAgainst(FieldValue wanted, FieldValue seen) {
    if (losesZeros(wanted.text(), seen.text())) {
      return Optional.of(ReadValue.LOST_ZEROS);
    }
    return wanted.isBlank()
            && policy() == FieldPolicy.OVERWRITE
            && !isClearable()
            && !seen.isBlank()
            && !isUnticked(seen)
        ? Optional.of(ReadValue.CANNOT_BE_BLANK)
        : Optional.empty();
  }

  private boolean losesZeros(String wanted, String seen) {
    int zeros = seen.length() - wanted.length();
    return zeros > 0
        && !wanted.isEmpty()
        && (info.kind() == FieldKind.TEXT || info.kind() == FieldKind.PHONE)
        && policy() != FieldPolicy.FILL_ONLY
        && seen.endsWith(wanted)
        && seen.substring(0, zeros).chars().allMatch(c -> c == '0')
        && wanted.matches("[0-9][0-9-]*");
  }

  /** Whether its text goes through steps before its transform. */
  public boolean isStepped() {
    return !steps.isEmpty();
  }

  /** The source columns that it needs; the first one feeds it. */
  public List<String> columns() {
    return columns;
  }

  /**
   * The value that this row gives the field; {@code today} is the day in the local zone. A value on
   * which our own rules fail is refused as {@link ReadValue#UNREADABLE}, and never ends a run.
   */
  public ReadValue read(SourceRow row, LocalDate today) {
    try {
      ReadValue raw =
          rule.constant().isEmpty() ? transform(row, today) : steps.apply(rule.constant(), row);
      return raw instanceof ReadValue.Value value
          ? ValueChecks.check(
              info, picklist, Normaliser.canonical(info.kind(), value.value().text()))
          : raw;
    } catch (OutOfMemoryError | SyncException e) {
      // A side that does not answer says nothing about the value.
      throw e;
    } catch (RuntimeException | Error e) {
      return ReadValue.refused(ReadValue.UNREADABLE);
    }
  }

  /**
   * What Salesforce shows, in the form that {@link #read} gives. Flags that an older program stored
   * as {@code 1.0} in a text field become {@code 1}, numbers have the digits that Salesforce shows,
   * and values of a restricted picklist are in its own spelling.
   */
  public FieldValue seen(FieldValue mirrored) {
    FieldValue plain =
        rule.transform() == Transform.FLAG && info.kind() != FieldKind.BOOLEAN
            ? Normaliser.canonical(FieldKind.NUMBER, mirrored.text())
            : mirrored;
    if (info.kind() == FieldKind.NUMBER) {
      return Numbers.parse(plain.text())
          .map(number -> new FieldValue(Numbers.plain(info.size().rounded(number))))
          .orElse(plain);
    }
    return picklist == null || plain.isBlank()
        ? plain
        : picklist.spelling(plain.text()).map(FieldValue::new).orElse(plain);
  }

  private ReadValue transform(SourceRow row, LocalDate today) {
    if (steps.isEmpty()) {
      return transform(reading.cells().value(row, feeding.get(0)), row, today);
    }
    ReadValue stepped =
        steps.apply(withSecondLine(reading.cells().text(row, feeding.get(0)), row), row);
    return stepped instanceof ReadValue.Value value
        ? transform(value.value().text(), row, today)
        : stepped;
  }

  private ReadValue transform(Object value, SourceRow row, LocalDate today) {
    if (isDated()) {
      return info.kind() == FieldKind.DATETIME
          ? dates.instant(value, rule.sourceKind(), rule.notFuture(), today)
          : dates.day(value, rule.sourceKind(), rule.notFuture(), today);
    }
    String text = Cells.textOf(value);
    return switch (rule.transform()) {
      case TEXT, DATE -> ReadValue.of(steps.isEmpty() ? withSecondLine(text, row) : text);
      case LOWER_CASE -> ReadValue.of(text.toLowerCase(Locale.ROOT));
      case FLAG -> flag(Texts.line(text));
      case US_STATE -> state(Texts.line(text));
      case US_COUNTRY -> country(Texts.line(text));
    };
  }

  private String withSecondLine(String first, SourceRow row) {
    if (feeding.size() < 2) {
      return first;
    }
    String second = Texts.trim(reading.cells().text(row, feeding.get(1)));
    String trimmed = Texts.trim(first);
    return trimmed.isEmpty() || second.isEmpty() ? trimmed + second : trimmed + "\n" + second;
  }

  /** The row's text if there were no placeholders; blank for a field that transforms its text. */
  public FieldValue asWritten(SourceRow row) {
    boolean isText = rule.transform() == Transform.TEXT || rule.transform() == Transform.LOWER_CASE;
    if (!isText || isDated() || columns.isEmpty() || isStepped()) {
      return FieldValue.BLANK;
    }
    Cells plain = Cells.plain();
    String text = plain.text(row, columns.get(0));
    return Normaliser.canonical(
        info.kind(), rule.transform() == Transform.TEXT ? text : text.toLowerCase(Locale.ROOT));
  }

  private ReadValue flag(String text) {
    Optional<String> digit = Flags.digit(text);
    if (digit.isEmpty()) {
      return ReadValue.refused("not-a-flag");
    }
    return info.kind() == FieldKind.BOOLEAN && digit.get().equals(Flags.TWO)
        ? ReadValue.refused("flag-not-sure")
        : ReadValue.of(digit.get());
  }

  private ReadValue state(String text) {
    if (text.isEmpty()) {
      return ReadValue.of("");
    }
    Optional<UsStates.State> state = UsStates.find(text);
    return state.isEmpty()
        ? ReadValue.refused("unknown-state")
        : ReadValue.of(offered(state.get().code(), List.of(state.get().name())));
  }

  private ReadValue country(String text) {
    return UsStates.find(text).isEmpty()
        ? ReadValue.of("")
        : ReadValue.of(offered("US", List.of("United States", "United States of America", "USA")));
  }

  /** Chooses the code or the name that the field accepts; all of them mean the same. */
  private String offered(String code, List<String> names) {
    boolean offersName = picklist != null && names.stream().anyMatch(picklist::offers);
    boolean offersCode = picklist != null && picklist.offers(code);
    boolean isFree = picklist == null || !picklist.isRestricted();
    boolean isOfCodes = isFree && info.name().value().endsWith("Code");
    boolean takesCode = !offersName && (offersCode || isOfCodes);
    if (takesCode) {
      return code;
    }
    return names.stream()
        .filter(n -> picklist != null && picklist.offers(n))
        .findFirst()
        .orElse(names.get(0));
  }

  /** Everything that {@link #read} depends on, and the policy. */
  String rules() {
    return rule + " " + columns + " " + info + " " + reading.signature() + steps.contents();
  }

  /** The text that identifies this binding in the mapping's fingerprint. */
  String signature() {
    return String.join(
        "|",
        info.name().value(),
        info.kind().name(),
        String.join("+", columns),
        rule.constant(),
        rule.transform().name() + (rule.steps().isEmpty() ? "" : rule.steps()),
        rule.policy().name(),
        isDated() ? rule.sourceKind().name() : "",
        reading.signature());
  }
}
