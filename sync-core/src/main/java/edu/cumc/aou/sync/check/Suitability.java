package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.Transform;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.port.SourceColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether the type of a column suits the rule of the field that it feeds. Asks nobody. */
final class Suitability {

  private Suitability() {}

  /** What does not suit; nothing is said of fields that are all right. */
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
      for (String column : field.columns()) {
        of(subject, field, column, columns.typeOf(column)).ifPresent(findings::add);
      }
    }
    return findings;
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
    return switch (field.transform()) {
      case DATE -> date(subject, column, type);
      case FLAG -> flag(subject, column, type);
      case TEXT -> asItStands(subject, field, column, type);
      case LOWER_CASE, US_STATE -> text(subject, field.transform(), column, type);
    };
  }

  private static Optional<Finding> date(String subject, String column, SourceColumns.Type type) {
    return switch (type) {
      case DATE, DATETIME -> Optional.empty();
      case TEXT ->
          Optional.of(
              Finding.warning(
                  FindingCode.SELDOM_FITS,
                  subject,
                  "transform = date is fed by the text column " + column,
                  "texts that are no day would be refused; a DATE column in the view is safer"));
      case BOOLEAN, NUMBER, OTHER -> Optional.of(never(subject, "a day", column, type));
    };
  }

  private static Optional<Finding> flag(String subject, String column, SourceColumns.Type type) {
    return type == SourceColumns.Type.DATE || type == SourceColumns.Type.DATETIME
        ? Optional.of(never(subject, "a flag", column, type))
        : Optional.empty();
  }

  private static Optional<Finding> asItStands(
      String subject, BoundField field, String column, SourceColumns.Type type) {
    FieldKind kind = field.info().kind();
    if (kind == FieldKind.DATE && type != SourceColumns.Type.DATE) {
      return Optional.of(
          type == SourceColumns.Type.BOOLEAN || type == SourceColumns.Type.NUMBER
              ? never(subject, "a day", column, type)
              : Finding.warning(
                  FindingCode.SELDOM_FITS,
                  subject,
                  "is a date field and is fed by the " + word(type) + " column " + column,
                  "add transform = date, so that it becomes the day in local-zone"));
    }
    boolean isTime = type == SourceColumns.Type.DATE || type == SourceColumns.Type.DATETIME;
    if (isTime && (kind == FieldKind.NUMBER || kind == FieldKind.BOOLEAN)) {
      return Optional.of(
          never(subject, kind == FieldKind.NUMBER ? "a number" : "true or false", column, type));
    }
    return Optional.empty();
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
      String subject, String wanted, String column, SourceColumns.Type type) {
    return Finding.error(
        FindingCode.NEVER_FITS,
        subject,
        "needs " + wanted + ", and the column " + column + " is a " + word(type) + " column",
        "every value would be refused: name another column, or set the field to off");
  }

  private static String word(SourceColumns.Type type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
