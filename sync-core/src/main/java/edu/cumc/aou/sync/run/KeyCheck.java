package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.plan.SentMarks;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.IdTables.LostKey;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.port.WriteOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Verifies that written Contacts show the PMI ID of their participant. If an automation changes PMI
 * IDs, the sync would create the same people anew each day. So a participant with such a Contact is
 * held, and the second one stops all creates until a person releases them.
 */
final class KeyCheck {

  /** Why a create was not attempted. */
  static final String STOPPED = "creates-stopped";

  private static final String NOT_KEPT = PlanTallies.KEY_NOT_KEPT;

  private static final String FOUND = "keys-not-kept";
  private static final long STOPS_FROM = 2;

  /** The actions that give a Contact its PMI ID. */
  static final Set<Change.Action> CREATES = Set.of(Change.Action.INSERT, Change.Action.ADOPT);

  private final RunContext context;

  KeyCheck(RunContext context) {
    this.context = context;
  }

  /** Whether the held participants stop all creates. */
  static boolean areCreatesStopped(SyncStore store) {
    long held = 0;
    try (Cursor<Hold> holds = store.holds().read()) {
      while (holds.hasNext() && held < STOPS_FROM) {
        if (isHeldForKey(holds.next())) {
          held++;
        }
      }
    }
    return held >= STOPS_FROM;
  }

  private static boolean isHeldForKey(Hold hold) {
    return hold.kind() == HoldTable.Kind.REVIEW && hold.reason().equals(NOT_KEPT);
  }

  /**
   * Holds participants who would be created anew because their only Contact shows another PMI ID,
   * or other text, than at the last write-back of the ids. The plan reports them. They do not stop
   * creates: staff may have their reasons, and nobody is created twice.
   *
   * @param recreateDeleted whether the plan creates participants with a missing Contact anew; then
   *     it looks up whether the Contact was deleted or only lost its PMI ID
   * @return who they are
   */
  List<PmiId> holdLost(boolean recreateDeleted) {
    List<PmiId> held = new ArrayList<>();
    try (Cursor<LostKey> lost = context.store().ids().lostKeys()) {
      List<LostKey> page = new ArrayList<>();
      while (lost.hasNext()) {
        LostKey key = lost.next();
        if (!key.gone() || recreateDeleted) {
          page.add(key);
        }
        if (page.size() == Crm.MAX_BATCH || (!lost.hasNext() && !page.isEmpty())) {
          context.deadline().requireTime();
          held.addAll(putHolds(thatAreThere(page)));
          page.clear();
        }
      }
    }
    if (!held.isEmpty()) {
      context
          .listener()
          .note(
              held.size()
                  + (held.size() == 1 ? " Contact does" : " Contacts do")
                  + " not show the PMI ID any more that was written: nobody is created anew");
    }
    return held;
  }

  /**
   * Does the same for Contacts that lost their PMI ID during the run, which no plan can report. An
   * undo removes PMI IDs itself.
   */
  void tellLost(boolean undo) {
    List<PmiId> held = holdLost(!undo && PlanStage.recreatesDeleted(context.settings()));
    if (!held.isEmpty()) {
      tell(held);
    }
  }

  private void tell(List<PmiId> held) {
    context
        .store()
        .anomalies()
        .seen(
            context.run(),
            held.stream()
                .map(p -> new Anomaly(AnomalyTable.Kind.KEY_NOT_KEPT, p.value()))
                .toList());
  }

  /**
   * Leaves out those with a deleted Contact, and those with a Contact that still shows the PMI ID.
   */
  private List<PmiId> thatAreThere(List<LostKey> lost) {
    List<PmiId> there = new ArrayList<>();
    Map<ContactId, PmiId> gone = new HashMap<>();
    for (LostKey key : lost) {
      if (key.gone()) {
        gone.put(key.contactId(), key.pmiId());
      } else {
        there.add(key.pmiId());
      }
    }
    if (!gone.isEmpty()) {
      for (Contact contact : context.crm().contactsById(List.copyOf(gone.keySet()), List.of())) {
        PmiId pmiId = gone.get(contact.id());
        if (pmiId != null && !pmiId.equals(contact.pmiId())) {
          there.add(pmiId);
        }
      }
    }
    return there;
  }

  /** Leaves out participants with another hold, because nothing creates them either. */
  private List<PmiId> putHolds(List<PmiId> lost) {
    List<PmiId> free =
        lost.stream()
            .distinct()
            .filter(
                p ->
                    context
                        .store()
                        .holds()
                        .find(p)
                        .filter(h -> h.kind() != HoldTable.Kind.QUARANTINE)
                        .isEmpty())
            .toList();
    if (!free.isEmpty()) {
      put(free, PlanTallies.KEY_CHANGED);
    }
    return free;
  }

  /** Whether this run found Contacts that did not keep their PMI ID, and creates are stopped. */
  boolean hasStopped() {
    return found() > 0 && areCreatesStopped(context.store());
  }

  /** Looks these Contacts up by their id; rows without one are ignored. */
  void verify(List<Change> written) {
    Map<ContactId, PmiId> wanted = new HashMap<>();
    Map<PmiId, Change> byPerson = new HashMap<>();
    for (Change change : written) {
      if (change.contactId() != null) {
        wanted.put(change.contactId(), change.pmiId());
        if (change.action() == Change.Action.INSERT) {
          byPerson.put(change.pmiId(), change);
        }
      }
    }
    Map<Change, ContactId> exchanged = new HashMap<>();
    List<PmiId> wrong = new ArrayList<>();
    List<ContactId> ids = List.copyOf(wanted.keySet());
    for (int from = 0; from < ids.size(); from += Crm.MAX_BATCH) {
      List<ContactId> some = ids.subList(from, Math.min(from + Crm.MAX_BATCH, ids.size()));
      for (Contact contact : context.crm().contactsById(some, List.of())) {
        PmiId pmiId = wanted.get(contact.id());
        Change theirs = contact.pmiId() == null ? null : byPerson.get(contact.pmiId());
        if (pmiId != null && !pmiId.equals(contact.pmiId())) {
          if (theirs == null) {
            wrong.add(pmiId);
          } else {
            exchanged.put(theirs, contact.id());
          }
        }
      }
    }
    // An answer with another participant's id says nothing about the PMI ID.
    exchanged.keySet().forEach(change -> wrong.remove(change.pmiId()));
    correct(exchanged);
    hold(wrong);
  }

  /**
   * The answers of a call were exchanged; Salesforce shows which Contact is which participant's.
   */
  private void correct(Map<Change, ContactId> exchanged) {
    if (exchanged.isEmpty()) {
      return;
    }
    List<Settlement> settlements = new ArrayList<>();
    List<WrittenContact> contacts = new ArrayList<>();
    exchanged.forEach(
        (change, id) -> {
          settlements.add(
              new Settlement(change.seq(), Change.State.DONE, id, null, null, List.of()));
          contacts.add(
              new WrittenContact(id, change.pmiId(), change.newValues(), SentMarks.of(change)));
        });
    context.store().mirror().recordContacts(contacts);
    context.changes().settle(context.run(), settlements);
    context
        .listener()
        .note(
            exchanged.size()
                + " answers named another participant's Contact: corrected by the PMI ID that"
                + " Salesforce shows");
  }

  /**
   * If a create got no answer and a Contact without a PMI ID appeared, the Contact may be the
   * participant's. Holds the participant, because the next run would create them anew.
   */
  void holdUnfound() {
    ChangePages refused =
        new ChangePages(
            context.changes(),
            context.run(),
            CrmObject.CONTACT,
            Set.of(Change.Action.INSERT),
            Set.of(Change.State.REFUSED),
            Crm.MAX_BATCH);
    for (List<Change> page : refused) {
      hold(
          page.stream()
              .filter(c -> WriteOutcome.CREATED_WITHOUT_KEY.equals(c.errorCode()))
              .map(Change::pmiId)
              .filter(p -> context.store().holds().find(p).isEmpty())
              .toList());
    }
  }

  private void put(List<PmiId> held, String reason) {
    context
        .store()
        .holds()
        .put(
            held.stream()
                .map(p -> new Hold(p, HoldTable.Kind.REVIEW, reason, context.now(), null))
                .toList());
  }

  private void hold(List<PmiId> wrong) {
    if (wrong.isEmpty()) {
      return;
    }
    put(wrong, NOT_KEPT);
    tell(wrong);
    context
        .store()
        .runs()
        .addTallies(context.run(), Tallies.of(Map.of(FOUND, found() + wrong.size())));
    context
        .listener()
        .note(
            wrong.size()
                + (wrong.size() == 1 ? " Contact does" : " Contacts do")
                + " not show the PMI ID of the participant: the participants are held");
  }

  private long found() {
    return context.store().runs().find(context.run()).map(r -> r.tallies().get(FOUND)).orElse(0L);
  }

  /** Gives up the remaining creates if creates are stopped. */
  void giveUpCreates() {
    if (!areCreatesStopped(context.store())) {
      return;
    }
    long left = 0;
    ChangePages planned =
        new ChangePages(
            context.changes(),
            context.run(),
            CrmObject.CONTACT,
            CREATES,
            Set.of(Change.State.PLANNED),
            Crm.MAX_BATCH);
    for (List<Change> page : planned) {
      context
          .changes()
          .settle(
              context.run(),
              page.stream()
                  .map(
                      c ->
                          new Settlement(
                              c.seq(), Change.State.FAILED, null, null, STOPPED, List.of()))
                  .toList());
      left += page.size();
    }
    context
        .listener()
        .note(
            "creates are stopped: Salesforce does not keep the PMI ID; "
                + left
                + " were not attempted, see aou-sync failures");
  }
}
