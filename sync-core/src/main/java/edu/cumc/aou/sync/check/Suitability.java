package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.mapping.Transform;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceColumns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells whether the type of a column, or a constant, suits the rule of its field. Asks no side. */
final class Suitability {

  private static final SourceRow NO_CELLS =
      new SourceRow(new SourceRow.Header(List.of()), new Object[0]);

  /** No constant lies in the future on this day. */
  private static final LocalDate LATER = LocalDate.of(2100, 1, 1);

  private Suitability() {}

  /** Reports what does not suit; fields that are all right give no finding. */
  static List<Finding> of(String section, List<BoundField> fields, SourceColumns columns) {
    List<Finding> findings = new ArrayList<>();
    for (BoundField field : fields) {
      String subject = section + "." + field.name();
      if (field.info().kind() == FieldKind.OTHER) {
        findings.add(
            Finding.error(
                FindingCode.UNSUPPORTED_FIELD_TYPE,
                subject,
                "is of a type that the sync does not write: every value would be refused",
                "set the field to off"));
        continue;
      }
      if (field.columns().isEmpty()) {
        constant(subject, field).ifPresent(findings::add);
      }
      for (String column : field.columns()) {
        of(subject, field, column, columns.typeOf(column)).ifPresent(findings::add);
      }
    }
    return findings;
  }

  /** Only a warning: the rest of each record is sent. */
  private static Optional<Finding> constant(String subject, BoundField field) {
    return field.read(NO_CELLS, LATER) instanceof ReadValue.Refused refusal
        ? Optional.of(
            Finding.warning(
                FindingCode.WRONG_SETTING,
                subject,
                "the rule " + refusal.rule() + " refuses the constant",
                "correct it: the field would be left alone for everybody"))
        : Optional.empty();
  }

  private static Optional<Finding> of(
      String subject, BoundField field, String column, SourceColumns.Type type) {
    if (type == SourceColumns.Type.OTHER) {
      return Optional.of(
          Finding.error(
              FindingCode.UNSUPPORTED_COLUMN_TYPE,
              subject,
              "the column " + column + " is of a type that cannot be read",
              "cast it to a text, a number or a date in the view"));
    }
    if (column.equals(field.columns().get(0))) {
      Optional<ColumnFit.Misfit> misfit = ColumnFit.of(field, type);
      if (misfit.isPresent()) {
        return Optional.of(never(subject, field.transform(), misfit.get(), column, type));
      }
    }
    if (field.isStepped()) {
      return Optional.empty();
    }
    return switch (field.transform()) {
      case DATE -> day(subject, column, type);
      case FLAG -> Optional.empty();
      case TEXT ->
          field.isDated() ? day(subject, column, type) : asItStands(subject, field, column, type);
      case LOWER_CASE, US_STATE, US_COUNTRY -> text(subject, field.transform(), column, type);
    };
  }

  private static Optional<Finding> day(String subject, String column, SourceColumns.Type type) {
    return type == SourceColumns.Type.TEXT
        ? Optional.of(
            Finding.warning(
                FindingCode.SELDOM_FITS,
                subject,
                "is made of days and is fed by the text column " + column,
                "texts that are no day would be refused, and of a point in time with a zone the day"
                    + " here would be taken; a DATE column in the view is safer"))
        : Optional.empty();
  }

  private static Optional<Finding> asItStands(
      String subject, BoundField field, String column, SourceColumns.Type type) {
    FieldKind kind = field.info().kind();
    boolean isText = type == SourceColumns.Type.TEXT;
    if (isText && kind == FieldKind.BOOLEAN) {
      return Optional.of(
          Finding.warning(
              FindingCode.SELDOM_FITS,
              subject,
              "is a checkbox and is fed by the text column " + column,
              "texts other than true and false would be refused; add transform = flag, which reads"
                  + " the words of the programme"));
    }
    if (type == SourceColumns.Type.NUMBER && mayBeginWithZero(field)) {
      return Optional.of(
          Finding.warning(
              FindingCode.SELDOM_FITS,
              subject,
              "is fed by the number column " + column + ", and a number has no leading zeros",
              "make it a text column, filled from before the zeros were lost"));
    }
    if (isText && (kind == FieldKind.NUMBER || kind == FieldKind.REFERENCE)) {
      return Optional.of(
          Finding.warning(
              FindingCode.SELDOM_FITS,
              subject,
              (kind == FieldKind.NUMBER ? "is a number field" : "takes the id of a record")
                  + " and is fed by the text column "
                  + column,
              "texts that are none would be refused; cast the column in the view, or see that it"
                  + " holds nothing else"));
    }
    return Optional.empty();
  }

  private static boolean mayBeginWithZero(BoundField field) {
    String name = field.name().value().toLowerCase(Locale.ROOT);
    return field.info().kind() == FieldKind.PHONE
        || (field.info().kind() == FieldKind.TEXT
            && (name.contains("postalcode") || name.contains("zip")));
  }

  private static Optional<Finding> text(
      String subject, Transform transform, String column, SourceColumns.Type type) {
    return type == SourceColumns.Type.TEXT
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                FindingCode.SELDOM_FITS,
                subject,
                "transform = "
                    + transform.name().toLowerCase(Locale.ROOT).replace('_', '-')
                    + " is fed by the "
                    + word(type)
                    + " column "
                    + column,
                "name a text column, or take the transform away"));
  }

  private static Finding never(
      String subject,
      Transform transform,
      ColumnFit.Misfit misfit,
      String column,
      SourceColumns.Type type) {
    return Finding.error(
        FindingCode.NEVER_FITS,
        subject,
        "needs "
            + misfit.wanted()
            + ", and the column "
            + column
            + " is a "
            + word(type)
            + " column",
        "every value would be refused: " + cure(transform, misfit, type));
  }

  private static String cure(
      Transform transform, ColumnFit.Misfit misfit, SourceColumns.Type type) {
    if (transform == Transform.TEXT
        && type == SourceColumns.Type.BOOLEAN
        && misfit.rule().equals("not-a-number")) {
      return "add transform = flag";
    }
    return "name another column, or set the field to off";
  }

  private static String word(SourceColumns.Type type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
