package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.plan.KnownColumns;
import edu.cumc.aou.sync.plan.StatusMeaning;
import edu.cumc.aou.sync.plan.StatusRules;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.ParticipantSource.ValueCount;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells what each value of the status columns means by the rules of a run. It shows words of the
 * rules and the settings. Any other value may be personal data, so it only counts those, unless
 * values were requested.
 */
final class StatusScan {

  /**
   * A column with more values than this holds no status; only the most frequent ones are judged.
   */
  private static final int MOST_VALUES = 200;

  private final ParticipantSource source;
  private final SyncSettings settings;
  private final StatusRules rules;
  private final boolean showValues;

  StatusScan(ParticipantSource source, SyncSettings settings, boolean showValues) {
    this.source = source;
    this.settings = settings;
    this.rules = new StatusRules(settings.status(), settings.reading().cells());
    this.showValues = showValues;
  }

  List<Finding> of(SourceColumns columns) {
    List<Finding> findings = new ArrayList<>();
    for (StatusMeaning.Column column : rules.judged()) {
      columns
          .find(column.name())
          .ifPresent(name -> findings.add(judge(column, columns.relation(), name)));
    }
    return findings;
  }

  /** Reports columns that no relation has, because what they would say stays unknown. */
  List<Finding> missing(List<SourceColumns> relations) {
    KnownColumns status = new KnownColumns(rules, relations);
    return status.missing().stream()
        .filter(c -> !StatusRules.NEEDED.contains(c.setting()))
        .map(
            c ->
                Finding.warning(
                    FindingCode.NO_SUCH_COLUMN,
                    c.setting(),
                    "the source has no column "
                        + c.name()
                        + status.hint(c)
                        + ", so it says of nobody what it should",
                    "name the right one, or take it away"))
        .toList();
  }

  /** The values of one meaning, and how many rows have them. */
  private static final class Group {
    private final Map<String, Long> known = new TreeMap<>();
    private final List<String> shown = new ArrayList<>();
    private long others;
    private long otherRows;

    long rows() {
      return otherRows + known.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private Finding judge(StatusMeaning.Column column, SourceRelation relation, String name) {
    Map<StatusMeaning, Group> groups = new TreeMap<>();
    SourceRow.Header header = new SourceRow.Header(List.of(name));
    for (ValueCount value : source.values(relation, name, MOST_VALUES)) {
      String line = settings.reading().cells().line(new SourceRow(header, value.text()), name);
      StatusMeaning meaning = rules.meaningOf(column, line);
      Group group = groups.computeIfAbsent(meaning, m -> new Group());
      if (line.isEmpty() || rules.isKnown(column, line)) {
        group.known.merge(line.isEmpty() ? "blank" : line, value.rows(), Long::sum);
      } else {
        group.others++;
        group.otherRows += value.rows();
        group.shown.add(String.format(Locale.ROOT, "%s (%,d rows)", line, value.rows()));
      }
    }
    List<String> parts = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    groups.forEach(
        (meaning, group) -> {
          parts.add(told(meaning, group));
          shown.addAll(group.shown);
        });
    String told = parts.isEmpty() ? "has no value" : String.join("; ", parts);
    Finding finding = weigh(column, name + ": " + told, groups);
    return showValues && !shown.isEmpty() ? finding.withValues(shown) : finding;
  }

  private static String told(StatusMeaning meaning, Group group) {
    List<String> values = new ArrayList<>();
    group.known.forEach(
        (value, rows) -> values.add(String.format(Locale.ROOT, "%s (%,d rows)", value, rows)));
    if (group.others > 0) {
      values.add(
          String.format(Locale.ROOT, "%,d other values (%,d rows)", group.others, group.otherRows));
    }
    return String.join(", ", values) + " taken for " + meaning.words();
  }

  private Finding weigh(
      StatusMeaning.Column column, String message, Map<StatusMeaning, Group> groups) {
    long rows = groups.values().stream().mapToLong(Group::rows).sum();
    long unclear = rowsOf(groups, StatusMeaning.UNCLEAR);
    if (unclear > 0) {
      String advice = "nothing is sent of these participants: correct the source";
      return unclear > settings.guards().maxRejected().of(rows)
          ? Finding.error(
              FindingCode.UNCLEAR_STATUS,
              column.setting(),
              message,
              advice + "; so many stop a run at guards.max-rejected")
          : Finding.warning(FindingCode.UNCLEAR_STATUS, column.setting(), message, advice);
    }
    long left = rowsOf(groups, StatusMeaning.LEFT);
    if (left > 0 && left == rows) {
      return Finding.error(
          FindingCode.NOBODY_OURS,
          column.setting(),
          message,
          "everybody would be skipped: correct status.organization.ours");
    }
    if (left > settings.guards().maxSkipped() * rows) {
      return Finding.warning(
          FindingCode.NOBODY_OURS,
          column.setting(),
          message,
          "most would be skipped, which stops a first load at guards.max-skipped: see whether"
              + " status.organization.ours is complete");
    }
    return rowsOf(groups, StatusMeaning.NOTHING_KNOWN) > 0
        ? Finding.warning(
            FindingCode.UNCLEAR_STATUS,
            column.setting(),
            message,
            "such a value counts as no: correct the source")
        : Finding.ok(column.setting(), message);
  }

  private static long rowsOf(Map<StatusMeaning, Group> groups, StatusMeaning meaning) {
    Group group = groups.get(meaning);
    return group == null ? 0 : group.rows();
  }
}
