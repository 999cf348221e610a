package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.plan.SentMarks;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out what became of creates whose answer was lost: by asking Salesforce, after the read
 * timeout, twice. Only what did not arrive may be sent again.
 */
final class LostAnswers {

  /**
   * The name of the count that keeps, in epoch seconds of Salesforce's clock, when the run began to
   * send.
   */
  static final String SENDING_SINCE = "sending-since";

  private static final int QUESTIONS = 2;
  private static final Set<Change.Action> INSERTS = Set.of(Change.Action.INSERT);
  private static final Set<Change.State> UNKNOWN = Set.of(Change.State.UNKNOWN);

  private final RunServices services;
  private final RunId run;
  private final Deadline deadline;

  LostAnswers(RunContext context) {
    this.services = context.services();
    this.run = context.run();
    this.deadline = context.deadline();
  }

  /** Settles what can be found and makes the rest PLANNED again; says how many those are. */
  long settle() {
    if (!unknown().iterator().hasNext()) {
      return 0;
    }
    for (int question = 0; question < QUESTIONS; question++) {
      deadline.checkTimeFor(services.crm().readTimeout());
      services.pause().forDuration(services.crm().readTimeout());
      if (ask() == 0) {
        return 0;
      }
    }
    return turnAll(Change.State.PLANNED);
  }

  /** Those that are still unknown after all repeats have failed. */
  void giveUp() {
    turnAll(Change.State.FAILED);
  }

  private long turnAll(Change.State state) {
    long turned = 0;
    for (List<Change> page : unknown()) {
      services
          .store()
          .changes()
          .settle(
              run,
              page.stream()
                  .map(
                      c ->
                          new Settlement(
                              c.seq(), state, null, null, ChangeSender.ANSWER_LOST, List.of()))
                  .toList());
      turned += page.size();
    }
    return turned;
  }

  /** Looks for the Contacts, page by page of unknown rows; says how many were not found. */
  private long ask() {
    long missing = 0;
    for (List<Change> page : unknown()) {
      Map<PmiId, Change> wanted = new LinkedHashMap<>();
      page.forEach(c -> wanted.put(c.pmiId(), c));
      settleFound(wanted);
      missing += wanted.size();
    }
    return missing;
  }

  private void settleFound(Map<PmiId, Change> wanted) {
    List<Settlement> settlements = new ArrayList<>();
    List<WrittenContact> written = new ArrayList<>();
    try (Cursor<Contact> created =
        services.crm().contacts(CrmScope.createdSince(sendingSince()), List.of())) {
      while (created.hasNext()) {
        Contact contact = created.next();
        Change change = contact.pmiId() == null ? null : wanted.remove(contact.pmiId());
        if (change != null) {
          settlements.add(
              new Settlement(change.seq(), Change.State.DONE, contact.id(), null, null, List.of()));
          written.add(
              new WrittenContact(
                  contact.id(), change.pmiId(), change.newValues(), SentMarks.of(change)));
        }
      }
    }
    services.store().mirror().recordContacts(written);
    services.store().changes().settle(run, settlements);
  }

  private Instant sendingSince() {
    long seconds =
        services.store().runs().find(run).map(r -> r.tallies().get(SENDING_SINCE)).orElse(0L);
    return Instant.ofEpochSecond(seconds);
  }

  /** Those that are unknown, from the first one. */
  private ChangePages unknown() {
    return new ChangePages(
        services.store().changes(), run, CrmObject.CONTACT, INSERTS, UNKNOWN, Crm.MAX_BATCH);
  }
}
