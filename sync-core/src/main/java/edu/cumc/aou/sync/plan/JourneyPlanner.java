package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides about the journey of a participant who takes part. */
final class JourneyPlanner {

  /** The journey has no Contact and gets none. */
  static final String WITHOUT_CONTACT = PlanTallies.SKIPPED + "no-contact";

  private final BoundMapping mapping;
  private final TakenBackWithdrawals takenBack;
  private final LocalDate today;
  private final boolean again;
  private final AdoptionRows adoptions;
  private final Outcomes outcomes;
  private final Corrections corrections;

  /**
   * @param again whether to send values again that had no effect before
   */
  JourneyPlanner(
      BoundMapping mapping,
      WithdrawalFields withdrawal,
      LocalDate today,
      boolean again,
      AdoptionRows adoptions,
      Outcomes outcomes,
      Corrections corrections) {
    this.mapping = mapping;
    this.takenBack = new TakenBackWithdrawals(withdrawal, today);
    this.today = today;
    this.again = again;
    this.adoptions = adoptions;
    this.outcomes = outcomes;
    this.corrections = corrections;
  }

  /**
   * Plans one journey.
   *
   * @param contactWillBe whether a participant without a Contact gets one if all goes well
   */
  void plan(PmiId pmiId, SourceRow row, Contacts contacts, boolean contactWillBe) {
    if (contacts.live().size() > 1) {
      outcomes.count(CrmObject.JOURNEY, PlanTallies.HELD + PlanTallies.DOUBLED_PMI_ID);
    } else if (contacts.live().size() == 1) {
      ofContact(pmiId, row, contacts.live().get(0));
    } else if (contactWillBe) {
      ofFutureContact(pmiId, row);
    } else {
      outcomes.count(CrmObject.JOURNEY, WITHOUT_CONTACT);
    }
  }

  private void ofContact(PmiId pmiId, SourceRow row, MirroredContact contact) {
    if (contact.journeys().size() > 1) {
      outcomes.add(new Anomaly(AnomalyTable.Kind.SEVERAL_JOURNEYS, pmiId.value()));
      outcomes.count(CrmObject.JOURNEY, PlanTallies.HELD + PlanTallies.SEVERAL_JOURNEYS);
      return;
    }
    if (contact.journeys().isEmpty()) {
      if (await(pmiId, contact.id(), row)) {
        outcomes.add(new Anomaly(AnomalyTable.Kind.MISSING_JOURNEY, pmiId.value()));
      }
      return;
    }
    MirroredJourney journey = contact.journeys().get(0);
    FieldDiff diff = compare(pmiId, row, journey);
    if (!diff.isEmpty()) {
      if (takenBack.isAmong(diff)) {
        outcomes.count(CrmObject.JOURNEY, PlanTallies.TAKEN_BACK);
      }
      corrections.update(CrmObject.JOURNEY, mapping.journey(), row, journey.sent(), diff);
      outcomes.add(
          outcomes.update(
              CrmObject.JOURNEY, pmiId, contact.id(), journey.id(), diff, journey.sent()));
    }
  }

  /**
   * A new Contact gets a new journey. An adopted Contact brings its own, with values that each
   * field's policy protects and an undo must know; it is the participant's only after the adoption.
   */
  private void ofFutureContact(PmiId pmiId, SourceRow row) {
    Optional<AdoptionRows.Brought> brought = adoptions.brought(pmiId);
    if (brought.isEmpty()) {
      boolean unused = await(pmiId, null, row);
      return;
    }
    MirroredJourney journey = brought.get().journey();
    FieldDiff diff = compare(pmiId, row, journey);
    if (!diff.isEmpty()) {
      await(
          outcomes
              .update(
                  CrmObject.JOURNEY,
                  pmiId,
                  brought.get().contact(),
                  journey.id(),
                  diff,
                  journey.sent())
              .toBuilder());
    }
  }

  /** What differs; if nothing does, or our own rules fail, the journey has its outcome. */
  private FieldDiff compare(PmiId pmiId, SourceRow row, MirroredJourney journey) {
    FieldDiff diff =
        FieldDiff.of(mapping.journey(), row, journey.fields(), journey.sent(), today, again);
    if (outcomes.rejectUnreadable(CrmObject.JOURNEY, pmiId, row, diff)) {
      return FieldDiff.none();
    }
    outcomes.noteFields(CrmObject.JOURNEY, pmiId, row, diff);
    if (diff.isEmpty()) {
      outcomes.count(CrmObject.JOURNEY, PlanTallies.UNCHANGED);
    }
    return diff;
  }

  /** Keeps the values for a journey that does not exist yet; says whether any wait. */
  private boolean await(PmiId pmiId, @Nullable ContactId contactId, SourceRow row) {
    FieldDiff diff = FieldDiff.ofNew(mapping.journey(), row, today);
    if (outcomes.rejectUnreadable(CrmObject.JOURNEY, pmiId, row, diff)) {
      return false;
    }
    outcomes.noteRefused(CrmObject.JOURNEY, pmiId, row, diff.refused());
    if (diff.isEmpty()) {
      outcomes.count(CrmObject.JOURNEY, PlanTallies.UNCHANGED);
      return false;
    }
    await(
        Change.builder(outcomes.nextSeq(), CrmObject.JOURNEY, pmiId, Change.Action.UPDATE)
            .contactId(contactId)
            .newValues(diff.newValues())
            .refusedFields(diff.refused()));
    return true;
  }

  private void await(Change.Builder waiting) {
    corrections.await();
    Change change = waiting.state(Change.State.AWAITING_JOURNEY).build();
    adoptions.await(change.pmiId(), change.seq());
    outcomes.add(change);
  }
}
