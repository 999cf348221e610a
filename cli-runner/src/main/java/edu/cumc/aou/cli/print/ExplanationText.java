package edu.cumc.aou.cli.print;

import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.explain.Candidate;
import edu.cumc.aou.sync.explain.Explanation;
import edu.cumc.aou.sync.explain.Explanation.FieldFact;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.plan.Planner.PlannedOne;
import edu.cumc.aou.sync.port.ChangeTable.ParticipantChange;
import edu.cumc.aou.sync.port.FlawTable;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An explanation for people: the answer first, then its reasons. */
public final class ExplanationText {

  private ExplanationText() {}

  /**
   * The lines.
   *
   * @param runs how far each run of its history came
   * @param width of the terminal, to cut values to; 0 to cut nothing
   */
  public static List<String> lines(
      Explanation explanation, Map<RunId, RunState> runs, ZoneId zone, int width) {
    List<String> lines = new ArrayList<>();
    lines.add("Participant " + explanation.pmiId().value());
    lines.add("  source      " + source(explanation));
    lines.add("  Salesforce  " + salesforce(explanation.contacts()));
    if (explanation.hold() != null) {
      lines.add(
          "  held        since "
              + Words.moment(explanation.hold().since(), zone)
              + ": "
              + PeopleFound.hold(explanation.hold()));
    }
    next(explanation).forEach(n -> lines.add("  next run    " + n));
    leftAlone(explanation).forEach(n -> lines.add("  next run    " + n));
    addCandidates(explanation, width, lines);
    addFields(explanation, width, lines);
    addHistory(explanation.history(), runs, lines);
    return lines;
  }

  private static String source(Explanation explanation) {
    if (!explanation.inSource()) {
      return "no row with this PMI ID";
    }
    return explanation.status() == null
        ? "rows that contradict each other"
        : explanation.status().name().toLowerCase(Locale.ROOT);
  }

  private static String salesforce(List<MirroredContact> contacts) {
    if (contacts.isEmpty()) {
      return "no Contact, when we last looked";
    }
    List<String> texts = new ArrayList<>();
    for (MirroredContact contact : contacts) {
      texts.add(
          "Contact "
              + contact.id().value()
              + (contact.gone()
                  ? ", gone: deleted, merged, without its PMI ID, or left out by contact.where"
                  : "")
              + ", journeys: "
              + (contact.journeys().isEmpty()
                  ? "none"
                  : String.join(
                      ", ", contact.journeys().stream().map(j -> j.id().value()).toList())));
    }
    return String.join("; ", texts);
  }

  private static List<String> next(Explanation explanation) {
    PlannedOne next = explanation.next();
    if (!explanation.withoutOrg().isEmpty()) {
      return List.of("not known now, nor the fields: " + explanation.withoutOrg());
    }
    if (next == null) {
      return List.of("nothing: the source does not have the participant");
    }
    List<String> texts = new ArrayList<>();
    for (Change change : next.changes()) {
      String code = change.errorCode();
      texts.add(
          change.object().word()
              + ": "
              + (code == null
                  ? Words.lower(change.action())
                      + " of "
                      + String.join(
                          ", ", change.newValues().fields().stream().map(f -> f.value()).toList())
                  : FailureGroup.outcome(change.action(), change.state(), code)
                      + ", because "
                      + code
                      + "; "
                      + FailureAdvice.of(code)));
    }
    next.tallies().asMap().keySet().stream()
        .filter(
            name ->
                !name.contains(".refused-field.")
                    && !PlanTallies.isForGuards(name)
                    && !name.contains(".rejected.")
                    && !name.startsWith("journey.held.withdrawal-"))
        .forEach(name -> texts.add(name.replaceFirst("\\.", ": ").replace('.', ' ')));
    return texts;
  }

  /** Fields that the next run does not touch, and why. */
  private static List<String> leftAlone(Explanation explanation) {
    PlannedOne next = explanation.next();
    if (next == null) {
      return explanation.withoutOrg().isEmpty() ? List.of() : lastSeen(explanation.flaws());
    }
    return next.flaws().stream()
        .filter(f -> f.kind() == FlawTable.Kind.FIELD)
        .map(
            f ->
                f.object().word()
                    + ": leaves "
                    + f.field()
                    + " alone, because "
                    + f.code()
                    + (isAcknowledged(f, explanation) ? " (acknowledged)" : "")
                    + "; "
                    + RuleAdvice.of(f.code()))
        .toList();
  }

  private static List<String> lastSeen(List<Flaw> flaws) {
    return flaws.stream()
        .map(
            f ->
                "when we last looked: "
                    + (f.kind() == FlawTable.Kind.FIELD
                        ? f.object().word() + ": left " + f.field() + " alone, because "
                        : f.object().word() + ": rejected, because ")
                    + f.code()
                    + "; "
                    + FlawText.advice(f))
        .toList();
  }

  private static boolean isAcknowledged(Flaw flaw, Explanation explanation) {
    return explanation.flaws().stream()
        .anyMatch(
            known ->
                known.isAt(flaw)
                    && known.isAcknowledged()
                    && known.sourceHash().equals(flaw.sourceHash()));
  }

  private static void addCandidates(Explanation explanation, int width, List<String> lines) {
    if (explanation.candidates().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("Contacts without a PMI ID that may be theirs");
    TextTable table =
        new TextTable().row("Contact", "Name", "Email", "Phone", "Birthdate", "Matches", "Differs");
    for (Candidate candidate : explanation.candidates()) {
      FieldValues fields = candidate.contact().fields();
      table.row(
          candidate.contact().id().value(),
          (text(fields, "FirstName") + " " + text(fields, "LastName")).strip(),
          text(fields, "Email"),
          text(fields, "Phone"),
          text(fields, "Birthdate"),
          String.join(", ", candidate.likeness().matched()),
          String.join(", ", candidate.likeness().differs()));
    }
    lines.addAll(table.lines("  ", width));
    String pmiId = explanation.pmiId().value();
    lines.add("  One of them is theirs: aou-sync adopt " + pmiId + " CONTACT_ID");
    if (explanation.flaws().stream().anyMatch(f -> Match.DOUBTS.contains(f.code()))) {
      lines.add("  None is, make a new one: aou-sync release " + pmiId);
    } else {
      lines.add("  None is: the org's duplicate rule must let the new one through");
    }
    lines.add("  Many to decide about: aou-sync review --out FILE");
  }

  private static String text(FieldValues fields, String name) {
    return fields.get(new FieldName(name)).text();
  }

  private static void addFields(Explanation explanation, int width, List<String> lines) {
    List<FieldFact> fields = explanation.fields();
    if (fields.isEmpty()) {
      return;
    }
    lines.add("");
    TextTable table = new TextTable();
    table.row("Field", "Source", mapped(explanation), "Salesforce shows");
    List<FieldFact> shown = fields.stream().filter(f -> !isBlank(f)).toList();
    for (FieldFact field : shown) {
      String wanted = field.rule().isEmpty() ? field.wanted() : "rejected: " + field.rule();
      table.row(
          field.field(), oneLine(field.source()), oneLine(wanted), oneLine(field.salesforce()));
    }
    lines.addAll(table.lines("  ", width));
    if (shown.size() < fields.size()) {
      lines.add("  and " + (fields.size() - shown.size()) + " more, blank on both sides");
    }
  }

  /** Participants who are frozen, skipped or held have known values that are not sent. */
  private static String mapped(Explanation explanation) {
    ParticipantStatus status = explanation.status();
    boolean isSent =
        explanation.hold() == null
            && (status == ParticipantStatus.ACTIVE
                || status == ParticipantStatus.DEACTIVATED
                || status == ParticipantStatus.DECEASED);
    return isSent ? "Would be sent" : "Mapped, not sent";
  }

  private static boolean isBlank(FieldFact field) {
    return (field.source() + field.wanted() + field.rule() + field.salesforce()).isBlank();
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }

  private static void addHistory(
      List<ParticipantChange> history, Map<RunId, RunState> runs, List<String> lines) {
    if (history.isEmpty()) {
      return;
    }
    lines.add("");
    TextTable table = new TextTable();
    table.row("Run", "Object", "Action", "Outcome", "Code");
    for (ParticipantChange row : history) {
      Change change = row.change();
      table.row(
          row.run().value(),
          change.object().word(),
          change.action().name().toLowerCase(Locale.ROOT),
          outcome(change, runs.get(row.run())),
          change.errorCode() == null ? "" : change.errorCode());
    }
    lines.addAll(table.lines("  "));
  }

  /** A word for the result, and which side refused. */
  private static String outcome(Change change, @Nullable RunState run) {
    String code = change.errorCode();
    if (code != null) {
      return FailureGroup.outcome(change.action(), change.state(), code);
    }
    if (run == RunState.GUARDED) {
      return "stopped by a guard";
    }
    return run == RunState.PLANNED ? "only planned" : Words.lower(change.state()).replace('-', ' ');
  }
}
