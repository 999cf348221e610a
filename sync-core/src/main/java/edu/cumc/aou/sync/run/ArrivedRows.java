package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.State;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.plan.SentMarks;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import edu.cumc.aou.sync.port.MirrorTable.WrittenJourney;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from Salesforce which rows arrived before their run was given up. A row has arrived if
 * its record has changed since the run began to send, and shows the row's values.
 */
final class ArrivedRows {

  private final RunServices services;
  private final Run run;

  ArrivedRows(RunServices services, Run run) {
    this.services = services;
    this.run = run;
  }

  /** Looks for the rows, settles all of them, and returns how many have arrived. */
  long settle(CrmObject object, List<Change> open) {
    if (open.isEmpty()) {
      return 0;
    }
    Instant since = Instant.ofEpochSecond(run.tallies().get(ApplyStage.SENDING_SINCE));
    List<FieldName> fields = fieldsOf(object, open);
    List<Arrived> arrived =
        object == CrmObject.CONTACT
            ? contacts(open, CrmScope.changedSince(since), fields)
            : journeys(open, CrmScope.changedSince(since), fields);
    store(arrived);
    Map<Long, Arrived> bySeq = new HashMap<>();
    arrived.forEach(a -> bySeq.put(a.change().seq(), a));
    List<Settlement> settlements = new ArrayList<>();
    for (Change change : open) {
      settlements.add(settlement(change, bySeq.get(change.seq())));
      if (settlements.size() >= Crm.MAX_BATCH) {
        services.store().changes().settle(run.id(), List.copyOf(settlements));
        settlements.clear();
      }
    }
    services.store().changes().settle(run.id(), settlements);
    return arrived.size();
  }

  /** A row, and its record shows the row's values. */
  private record Arrived(Change change, @Nullable ContactId contactId) {}

  private static Settlement settlement(Change change, @Nullable Arrived arrived) {
    return arrived == null
        ? new Settlement(change.seq(), State.FAILED, null, null, Abandonment.CODE, List.of())
        : new Settlement(change.seq(), State.DONE, arrived.contactId(), null, null, List.of());
  }

  /** The fields of the rows, without those that the org no longer has. */
  private List<FieldName> fieldsOf(CrmObject object, List<Change> open) {
    ObjectInfo info = services.crm().describe(object);
    TreeSet<FieldName> fields = new TreeSet<>();
    open.forEach(c -> fields.addAll(c.newValues().fields()));
    fields.removeIf(f -> info.field(f.value()).isEmpty());
    return List.copyOf(fields);
  }

  private List<Arrived> contacts(List<Change> open, CrmScope scope, List<FieldName> fields) {
    Map<String, Change> wanted = new HashMap<>();
    open.forEach(
        c -> wanted.put(c.contactId() == null ? c.pmiId().value() : c.contactId().value(), c));
    List<Arrived> arrived = new ArrayList<>();
    try (Cursor<Contact> changed = services.crm().contacts(scope, fields)) {
      while (changed.hasNext()) {
        Contact contact = changed.next();
        Optional<Change> change =
            Optional.ofNullable(wanted.get(contact.id().value()))
                .or(() -> Optional.ofNullable(contact.pmiId()).map(p -> wanted.get(p.value())));
        change
            .filter(c -> isWhereMeant(c, contact.deleted()))
            .filter(c -> isOfBin(c) || c.pmiId().equals(contact.pmiId()))
            .filter(c -> isOfBin(c) || isCreate(c) || shows(contact.fields(), c, fields))
            .ifPresent(c -> arrived.add(new Arrived(c, contact.id())));
      }
    }
    return arrived;
  }

  private static boolean isOfBin(Change change) {
    return change.action() == Change.Action.DELETE || change.action() == Change.Action.RESTORE;
  }

  /** Only a deleted record may be in the recycle bin. */
  private static boolean isWhereMeant(Change change, boolean deleted) {
    return deleted == (change.action() == Change.Action.DELETE);
  }

  /**
   * A Contact with the PMI ID of a participant who had none is the created one, whatever it shows.
   */
  private static boolean isCreate(Change change) {
    return change.action() == Change.Action.INSERT;
  }

  private List<Arrived> journeys(List<Change> open, CrmScope scope, List<FieldName> fields) {
    Map<JourneyId, Change> wanted = new HashMap<>();
    open.stream().filter(c -> c.journeyId() != null).forEach(c -> wanted.put(c.journeyId(), c));
    List<Arrived> arrived = new ArrayList<>();
    try (Cursor<Journey> changed = services.crm().journeys(scope, fields)) {
      while (changed.hasNext()) {
        Journey journey = changed.next();
        Change change = wanted.get(journey.id());
        if (change != null
            && isWhereMeant(change, journey.deleted())
            && (isOfBin(change) || shows(journey.fields(), change, fields))) {
          arrived.add(new Arrived(change, null));
        }
      }
    }
    return arrived;
  }

  private static boolean shows(FieldValues shown, Change change, List<FieldName> fields) {
    return change.newValues().asMap().entrySet().stream()
        .allMatch(
            value ->
                fields.contains(value.getKey())
                    && shown.get(value.getKey()).equals(value.getValue()));
  }

  private void store(List<Arrived> arrived) {
    List<WrittenContact> contacts = new ArrayList<>();
    List<WrittenJourney> journeys = new ArrayList<>();
    for (Arrived one : arrived) {
      Change change = one.change();
      if (isOfBin(change)) {
        // The next refresh shows it.
        continue;
      }
      if (one.contactId() != null) {
        contacts.add(
            new WrittenContact(
                one.contactId(), change.pmiId(), change.newValues(), SentMarks.of(change)));
      } else if (change.journeyId() != null) {
        journeys.add(
            new WrittenJourney(change.journeyId(), change.newValues(), SentMarks.of(change)));
      }
    }
    services.store().mirror().recordContacts(contacts);
    services.store().mirror().recordJourneys(journeys);
  }
}
