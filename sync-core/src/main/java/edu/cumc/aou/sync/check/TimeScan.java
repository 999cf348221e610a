package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.SourceKind;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.ParticipantSource.TimeCount;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells how each column of points in time that feeds a day is read, and how many of its values have
 * a time of day. A column that is always at midnight holds days.
 */
final class TimeScan {

  private final ParticipantSource source;
  private final SyncSettings settings;

  TimeScan(ParticipantSource source, SyncSettings settings) {
    this.source = source;
    this.settings = settings;
  }

  List<Finding> of(
      String section, SourceRelation relation, List<BoundField> fields, SourceColumns columns) {
    List<BoundField> dated =
        fields.stream().filter(f -> f.isDated() && isTime(columns.typeOf(column(f)))).toList();
    Map<String, TimeCount> times =
        source.times(relation, dated.stream().map(TimeScan::column).distinct().toList());
    List<Finding> findings = new ArrayList<>();
    for (BoundField field : dated) {
      TimeCount count = times.getOrDefault(column(field), new TimeCount(0, 0));
      findings.add(
          finding(section + "." + field.name(), field, columns.typeOf(column(field)), count));
    }
    return findings;
  }

  private static String column(BoundField field) {
    return field.columns().isEmpty() ? "" : field.columns().get(0);
  }

  private static boolean isTime(SourceColumns.Type type) {
    return type == SourceColumns.Type.DATETIME || type == SourceColumns.Type.DATETIME_WITH_ZONE;
  }

  private Finding finding(
      String subject, BoundField field, SourceColumns.Type type, TimeCount count) {
    boolean hasZone = type == SourceColumns.Type.DATETIME_WITH_ZONE;
    String message =
        String.format(
            Locale.ROOT,
            "reads %s, a %s column, as %s; %,d of its %,d values are not midnight",
            column(field),
            hasZone ? "DATETIMEOFFSET" : "DATETIME",
            reading(field, hasZone),
            count.withTime(),
            count.values());
    boolean looksLikeDays =
        hasZone
            && field.sourceKind() != SourceKind.DAY
            && count.values() > 0
            && count.withTime() == 0;
    return looksLikeDays
        ? Finding.warning(
            FindingCode.LOOKS_LIKE_DAYS,
            subject,
            message,
            "a day that was put into a column with a zone may move: if these are days, add"
                + " source-kind = day")
        : Finding.ok(subject, message);
  }

  private String reading(BoundField field, boolean hasZone) {
    boolean isDay = field.info().kind() != FieldKind.DATETIME;
    if (field.sourceKind() == SourceKind.DAY) {
      return "the day that is written";
    }
    if (hasZone) {
      return "points in time" + (isDay ? ", of which it takes the day in " + local() : "");
    }
    if (field.sourceKind() == SourceKind.LOCAL) {
      return isDay ? "the day that is written" : "times of " + local();
    }
    return "points in time of "
        + settings.reading().sourceZone()
        + (isDay ? ", of which it takes the day in " + local() : "")
        + "; midnight is a day";
  }

  private String local() {
    return settings.localZone().toString();
  }
}
