package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SourceHash;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import edu.cumc.aou.sync.port.SourceEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one participant: exactly one outcome for the Contact and one for the journey, if
 * the source has their rows.
 */
final class ParticipantPlanner {

  private final BoundMapping mapping;
  private final Planner.PlanPolicy policy;
  private final WithdrawalFields withdrawal;
  private final UnsentWithdrawal unsentWithdrawal;
  private final JourneyPlanner journeys;
  private final AdoptionRows adoptions;
  private final Outcomes outcomes;
  private final Corrections corrections;
  private final boolean again;

  /**
   * @param rejectedIn whether a run rejected a participant's rows as contradictory
   * @param again whether to send values again that had no effect before
   */
  ParticipantPlanner(
      BoundMapping mapping,
      Planner.PlanPolicy policy,
      AdoptionRows adoptions,
      PlanSink sink,
      Tallier tallier,
      BiPredicate<RunId, PmiId> rejectedIn,
      boolean again) {
    this.mapping = mapping;
    this.again = again;
    this.policy = policy;
    this.withdrawal =
        WithdrawalFields.of(mapping, policy.withdrawalFields(), policy.withdrawalColumns());
    this.unsentWithdrawal = new UnsentWithdrawal(withdrawal, policy.today());
    this.adoptions = adoptions;
    this.outcomes = new Outcomes(sink, tallier, mapping);
    this.corrections =
        new Corrections(policy.earlier(), mapping, withdrawal.all(), rejectedIn, outcomes);
    this.journeys =
        new JourneyPlanner(
            mapping, withdrawal, policy.today(), again, adoptions, outcomes, corrections);
  }

  /** Rejects rows without a valid PMI ID, or rows that contradict each other. */
  void reject(SourceEntry.Rejected rejected) {
    String code = rejected.reason().code();
    if (rejected.contactRows() > 0) {
      outcomes.reject(CrmObject.CONTACT, rejected.pmiId(), code, rejected.sourceHash());
    }
    if (rejected.journeyRows() > 0) {
      outcomes.reject(CrmObject.JOURNEY, rejected.pmiId(), code, rejected.sourceHash());
    }
  }

  /**
   * Passes over such rows when they belong to a forgotten participant, because their values must
   * not be kept.
   */
  void passOver(SourceEntry.Rejected forgotten) {
    if (forgotten.contactRows() > 0) {
      outcomes.count(
          CrmObject.CONTACT, PlanTallies.HELD + ConfigSection.word(HoldTable.Kind.FORGOTTEN));
    }
    if (forgotten.journeyRows() > 0) {
      outcomes.count(
          CrmObject.JOURNEY, PlanTallies.HELD + ConfigSection.word(HoldTable.Kind.FORGOTTEN));
    }
  }

  void plan(SourceEntry.Found found, @Nullable MirrorEntry mirrored, @Nullable Hold hold) {
    Participant participant = found.participant();
    if (hold != null && hold.kind() == HoldTable.Kind.FORGOTTEN) {
      // Neither a change nor an anomaly may name a forgotten participant again, whatever their
      // status.
      outcomes.countBoth(participant, PlanTallies.HELD + ConfigSection.word(hold.kind()));
      return;
    }
    Contacts contacts = Contacts.of(mirrored);
    if (contacts.live().size() > 1) {
      // Also for a skipped participant: a person must decide between the Contacts.
      outcomes.add(new Anomaly(AnomalyTable.Kind.DOUBLED_PMI_ID, participant.pmiId().value()));
    }
    if (hold != null
        && PlanTallies.isOfKey(hold.reason())
        && (isActive(participant.status())
            || participant.status() == ParticipantStatus.WITHDRAWN)) {
      // The withdrawal of this participant cannot reach Salesforce.
      outcomes.add(new Anomaly(AnomalyTable.Kind.KEY_NOT_KEPT, participant.pmiId().value()));
    }
    if (!contacts.live().isEmpty()) {
      outcomes.countRows(participant);
    }
    corrections.begin(found);
    boolean isHeld = hold != null && holds(hold, participant);
    if (isHeld || !isActive(participant.status())) {
      passOver(participant, contacts.live());
    }
    switch (participant.status()) {
      case UNCLEAR -> outcomes.rejectBoth(participant, "unclear-withdrawal-status");
      case TEST -> skip(participant, "test");
      case LEFT -> skip(participant, "left");
      case WITHDRAWN -> planWithdrawn(participant, contacts, hold);
      case ACTIVE, DEACTIVATED, DECEASED -> {
        if (hold != null && isHeld) {
          outcomes.countBoth(participant, PlanTallies.HELD + ConfigSection.word(hold.kind()));
          if (hold.isAcknowledged()) {
            outcomes.countBoth(
                participant, PlanTallies.ACKNOWLEDGED + ConfigSection.word(hold.kind()));
          }
        } else {
          planActive(participant, contacts);
        }
      }
    }
  }

  private void skip(Participant participant, String reason) {
    outcomes.countBoth(participant, PlanTallies.SKIPPED + reason);
    corrections.skip(participant, reason);
  }

  private static boolean isActive(ParticipantStatus status) {
    return switch (status) {
      case ACTIVE, DEACTIVATED, DECEASED -> true;
      case UNCLEAR, TEST, LEFT, WITHDRAWN -> false;
    };
  }

  /** Passes over a participant outside this plan. */
  void passOver(Participant participant, @Nullable MirrorEntry mirrored) {
    passOver(participant, Contacts.of(mirrored).live());
  }

  private void passOver(Participant participant, List<MirroredContact> live) {
    if (live.isEmpty() && participant.contact() != null) {
      adoptions.passOver(participant.contact());
    }
  }

  /** A hold that records what would be sent ends when the source changes. */
  private boolean holds(Hold hold, Participant participant) {
    return hold.valuesHash() == null
        || hold.valuesHash()
            .equals(ParticipantValues.of(mapping, participant, policy.today()).hash());
  }

  private void planWithdrawn(Participant participant, Contacts contacts, @Nullable Hold hold) {
    SourceRow row = withdrawal.rowOf(participant);
    Optional<String> unsent =
        row == null ? Optional.empty() : unsentWithdrawal.reason(participant, row, contacts, hold);
    if (unsent.isPresent()) {
      outcomes.holdWithdrawal(participant, unsent.get());
      return;
    }
    if (contacts.live().isEmpty()) {
      skip(participant, "withdrawn");
      return;
    }
    if (row == null
        || participant.journey() == null
        || contacts.live().size() > 1
        || contacts.live().get(0).journeys().size() != 1) {
      outcomes.countBoth(participant, PlanTallies.FROZEN);
      return;
    }
    planWithdrawal(participant, row, contacts.live().get(0));
  }

  private void planWithdrawal(Participant participant, SourceRow row, MirroredContact contact) {
    PmiId pmiId = participant.pmiId();
    MirroredJourney journey = contact.journeys().get(0);
    // After a withdrawal the source blanks its data, so a blank says nothing.
    FieldDiff diff = diff(withdrawal.all(), row, journey.fields(), journey.sent()).withoutClears();
    Optional<String> untaken = unsentWithdrawal.untaken(diff);
    if (untaken.isPresent()) {
      outcomes.noteFields(CrmObject.JOURNEY, pmiId, row, diff);
      outcomes.holdWithdrawal(participant, untaken.get());
      return;
    }
    if (participant.contact() != null) {
      outcomes.count(CrmObject.CONTACT, PlanTallies.FROZEN);
    }
    if (outcomes.rejectUnreadable(CrmObject.JOURNEY, pmiId, row, diff)) {
      return;
    }
    outcomes.noteFields(CrmObject.JOURNEY, pmiId, row, diff);
    if (diff.isEmpty()) {
      outcomes.count(CrmObject.JOURNEY, PlanTallies.FROZEN);
    } else {
      if (withdrawal.telling().stream().anyMatch(diff.newValues()::contains)) {
        outcomes.count(CrmObject.JOURNEY, PlanTallies.WITHDRAWALS);
      }
      corrections.withdraw(withdrawal.all(), row, participant, journey.sent(), diff);
      outcomes.add(
          outcomes.update(
              CrmObject.JOURNEY, pmiId, contact.id(), journey.id(), diff, journey.sent()));
    }
  }

  private FieldDiff diff(
      List<BoundField> fields, SourceRow row, FieldValues shown, SentValues sent) {
    return FieldDiff.of(fields, row, shown, sent, policy.today(), again);
  }

  private void planActive(Participant participant, Contacts contacts) {
    boolean contactWillBe =
        participant.contact() == null || planContact(participant, participant.contact(), contacts);
    if (participant.journey() != null) {
      journeys.plan(
          participant.pmiId(),
          participant.journey(),
          contacts,
          contactWillBe && participant.contact() != null);
    }
  }

  /** Plans the Contact; returns whether the participant will have one if all goes well. */
  private boolean planContact(Participant participant, SourceRow row, Contacts contacts) {
    PmiId pmiId = participant.pmiId();
    if (contacts.live().size() > 1) {
      outcomes.count(CrmObject.CONTACT, PlanTallies.HELD + PlanTallies.DOUBLED_PMI_ID);
      return true;
    }
    if (contacts.live().size() == 1) {
      MirroredContact contact = contacts.live().get(0);
      FieldDiff diff = diff(mapping.contact(), row, contact.fields(), contact.sent());
      if (outcomes.rejectUnreadable(CrmObject.CONTACT, pmiId, row, diff)) {
        return true;
      }
      outcomes.noteFields(CrmObject.CONTACT, pmiId, row, diff);
      if (diff.isEmpty()) {
        outcomes.count(CrmObject.CONTACT, PlanTallies.UNCHANGED);
      } else {
        corrections.update(CrmObject.CONTACT, mapping.contact(), row, contact.sent(), diff);
        outcomes.add(
            outcomes.update(CrmObject.CONTACT, pmiId, contact.id(), null, diff, contact.sent()));
      }
      return true;
    }
    Optional<ContactId> survivor = contacts.survivor();
    if (survivor.isEmpty()
        && !contacts.all().isEmpty()
        && !policy.recreateDeleted()
        && !adoptions.isAnswered(pmiId, contacts)) {
      outcomes.add(new Anomaly(AnomalyTable.Kind.DELETED_CONTACT, pmiId.value()));
      outcomes.count(CrmObject.CONTACT, PlanTallies.HELD + PlanTallies.DELETED_IN_SALESFORCE);
      adoptions.passOver(row);
      return false;
    }
    FieldDiff diff = FieldDiff.ofNew(mapping.contact(), row, policy.today());
    if (outcomes.rejectUnreadable(CrmObject.CONTACT, pmiId, row, diff)) {
      adoptions.passOver(row);
      return false;
    }
    Optional<String> missing = survivor.isPresent() ? Optional.empty() : missingRequired(diff);
    outcomes.noteRefused(CrmObject.CONTACT, pmiId, row, diff.leftAlone(missing.orElse("")));
    if (missing.isPresent()) {
      reject(pmiId, missing.get(), row);
      corrections.rejectIncomplete(missing.get(), row);
      return false;
    }
    if (policy.createsStopped()) {
      outcomes.count(CrmObject.CONTACT, PlanTallies.HELD + PlanTallies.CREATES_STOPPED);
      adoptions.passOver(row);
      return false;
    }
    outcomes.countNewRows(participant);
    Match match =
        survivor.isPresent()
            ? adoptions.ofSurvivor(survivor.get())
            : adoptions.find(pmiId, row, contacts, diff.newValues());
    if (match instanceof Match.Doubtful doubtful) {
      reject(pmiId, doubtful.code(), row);
      return false;
    }
    if (match instanceof Match.One one) {
      Change change = outcomes.create(pmiId, Change.Action.ADOPT, one.contact(), diff);
      adoptions.give(pmiId, one.contact(), change.seq(), row);
      corrections.create(Change.Action.ADOPT, row);
      outcomes.add(change);
    } else {
      corrections.create(Change.Action.INSERT, row);
      outcomes.add(outcomes.create(pmiId, Change.Action.INSERT, null, diff));
    }
    return true;
  }

  private void reject(PmiId pmiId, String code, SourceRow row) {
    outcomes.reject(CrmObject.CONTACT, pmiId, code, SourceHash.ofRows(List.of(row)));
  }

  private Optional<String> missingRequired(FieldDiff diff) {
    return mapping.contact().stream()
        .filter(BoundField::isRequired)
        .filter(f -> !diff.newValues().contains(f.name()))
        .map(f -> requiredField(f, diff))
        .findFirst();
  }

  /** Tells a value that cannot be sent from one that is missing. */
  private static String requiredField(BoundField field, FieldDiff diff) {
    return diff.ruleOf(field.name())
        .map(rule -> Corrections.REFUSED + field.name() + ":" + rule)
        .orElse(Corrections.MISSING + field.name());
  }
}
