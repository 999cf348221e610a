package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.mapping.EarlierReading;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts corrections on the morning after an upgrade: changes that the earlier version would not
 * make with today's rows, because it read the source in another way. On any other morning it counts
 * nothing. Not thread-safe.
 */
final class Corrections {

  /** The code of a rejection, before the field. */
  static final String MISSING = "required-field-missing:";

  /** The same, before the field and the rule that refuses its value. */
  static final String REFUSED = "required-field-refused:";

  private final @Nullable EarlierVersion earlier;
  private final BoundMapping mapping;
  private final Set<FieldName> withdrawalFields = new HashSet<>();
  private final BiPredicate<RunId, PmiId> rejectedIn;
  private final Outcomes outcomes;
  private ParticipantStatus statusBefore = ParticipantStatus.ACTIVE;
  private boolean passedOver;
  private boolean appears;

  /**
   * @param earlier null on any other morning
   * @param rejectedIn whether a run rejected a participant's rows as contradictory
   */
  Corrections(
      @Nullable EarlierVersion earlier,
      BoundMapping mapping,
      List<BoundField> withdrawalFields,
      BiPredicate<RunId, PmiId> rejectedIn,
      Outcomes outcomes) {
    this.earlier = earlier;
    this.mapping = mapping;
    withdrawalFields.forEach(field -> this.withdrawalFields.add(field.name()));
    this.rejectedIn = rejectedIn;
    this.outcomes = outcomes;
  }

  /** Starts a participant; call it before anything else is counted. */
  void begin(SourceEntry.Found found) {
    if (earlier == null) {
      return;
    }
    Participant participant = found.participant();
    boolean hasSurplus = found.contactRows() > 1 || found.journeyRows() > 1;
    statusBefore = earlier.statusOf(participant);
    passedOver =
        switch (statusBefore) {
          case UNCLEAR, LEFT, TEST -> true;
          case ACTIVE, DEACTIVATED, DECEASED, WITHDRAWN ->
              hasSurplus && rejectedIn.test(earlier.lastRun(), participant.pmiId());
        };
    appears = passedOver;
  }

  /** A participant who is now skipped. */
  void skip(Participant participant, String reason) {
    if (earlier != null && statusBefore != participant.status() && participant.contact() != null) {
      outcomes.count(CrmObject.CONTACT, PlanTallies.CORRECTED_SKIPPED + reason);
    }
  }

  /** A Contact that lacks a required value; the earlier version sent a placeholder for it. */
  void rejectIncomplete(String code, SourceRow row) {
    if (earlier == null || !code.startsWith(MISSING)) {
      return;
    }
    boolean hadAll =
        requiredFields().stream()
            .allMatch(f -> f.columns().isEmpty() || !f.asWritten(row).isBlank());
    if (hadAll) {
      outcomes.count(CrmObject.CONTACT, PlanTallies.CORRECTED_REJECTED);
    }
  }

  /** A Contact to insert or adopt. */
  void create(Change.Action action, SourceRow row) {
    if (earlier == null) {
      return;
    }
    appears =
        passedOver || requiredFields().stream().anyMatch(f -> !EarlierReading.couldRead(f, row));
    if (appears) {
      outcomes.count(CrmObject.CONTACT, PlanTallies.corrected(action));
    }
  }

  private List<BoundField> requiredFields() {
    return mapping.contact().stream().filter(BoundField::isRequired).toList();
  }

  /** Values that wait for the participant's journey. */
  void await() {
    if (earlier != null && appears) {
      outcomes.count(CrmObject.JOURNEY, PlanTallies.CORRECTED_AWAITED);
    }
  }

  /** A record to update. */
  void update(
      CrmObject object, List<BoundField> fields, SourceRow row, SentValues sent, FieldDiff diff) {
    if (earlier == null || diff.isEmpty()) {
      return;
    }
    List<FieldName> corrected =
        passedOver
            ? List.copyOf(diff.newValues().asMap().keySet())
            : diff.corrections(fields, row, sent);
    corrected.forEach(field -> outcomes.count(object, PlanTallies.CORRECTED_FIELD + field));
    corrected.stream()
        .filter(field -> diff.newValues().get(field).isBlank())
        .forEach(field -> outcomes.count(object, PlanTallies.CORRECTED_CLEARS));
    if (object == CrmObject.JOURNEY && corrected.stream().anyMatch(f -> isWithdrawal(f, diff))) {
      outcomes.count(object, PlanTallies.CORRECTED_WITHDRAWALS);
    }
    if (corrected.size() == diff.newValues().size()) {
      outcomes.count(object, PlanTallies.corrected(Change.Action.UPDATE));
    }
  }

  /**
   * The journey of a withdrawn participant. Earlier versions sent what the journey row itself says.
   */
  @SuppressWarnings("ReferenceEquality")
  void withdraw(
      List<BoundField> fields,
      SourceRow row,
      Participant participant,
      SentValues sent,
      FieldDiff diff) {
    passedOver |= row != participant.journey();
    update(CrmObject.JOURNEY, fields, row, sent, diff);
  }

  private boolean isWithdrawal(FieldName field, FieldDiff diff) {
    FieldValue value = diff.newValues().get(field);
    return withdrawalFields.contains(field)
        && (value.text().equals("1") || value.text().equals("true"));
  }
}
