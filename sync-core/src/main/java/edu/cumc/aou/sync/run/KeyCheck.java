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
 * Verifies that Contacts show the PMI ID of their participant after they were written. An
 * automation that changes it would have the sync create the same people anew each day: a
 * participant with such a Contact is held, and the second one stops all creates until somebody
 * releases them.
 */
final class KeyCheck {

  /** Why a create was not attempted. */
  static final String STOPPED = "creates-stopped";

  private static final String NOT_KEPT = PlanTallies.KEY_NOT_KEPT;

  private static final String FOUND = "keys-not-kept";
  private static final long STOPS_FROM = 2;

  /** What gives a Contact its PMI ID. */
  static final Set<Change.Action> CREATES = Set.of(Change.Action.INSERT, Change.Action.ADOPT);

  private final RunContext context;

  KeyCheck(RunContext context) {
    this.context = context;
  }

  /** Whether nobody may be created, because of those who are held. */
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
   * Holds those whose Contact shows another PMI ID than when the ids were last written back, or
   * text that is none, and who have no other Contact: they would be created anew. The plan tells of
   * them. They do not stop creates: staff may have their reasons, and nobody is created twice.
   *
   * @param recreateDeleted whether the plan creates those anew whose Contact is gone: then it is
   *     looked up whether it was deleted, or has lost its PMI ID only
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
   * The same of those who lost it while the run was under way, of whom no plan can tell. An undo
   * takes PMI IDs off Contacts itself.
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

  /** Without those whose Contact was deleted, or shows the PMI ID still. */
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

  /** Whoever is held for another reason is not created either. */
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

  /** Whether this run found keys that were not kept, and creates are stopped. */
  boolean hasStopped() {
    return found() > 0 && areCreatesStopped(context.store());
  }

  /** Looks these Contacts up by their id; rows that have none are passed over. */
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
    // the answer of somebody who was created under another id says nothing of their PMI ID
    exchanged.keySet().forEach(change -> wrong.remove(change.pmiId()));
    correct(exchanged);
    hold(wrong);
  }

  /**
   * The answers of a call named the Contacts of one another: which one is whose, Salesforce shows.
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
                + " answers named the Contact of somebody else: corrected by the PMI ID that"
                + " Salesforce shows");
  }

  /**
   * Holds those whose create got no answer, while a Contact without a PMI ID came about: it may be
   * theirs, and they would be created anew.
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

  /** Gives up the creates that are left, if creates are stopped. */
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
