package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import edu.cumc.aou.sync.port.MirrorTable.WrittenJourney;
import edu.cumc.aou.sync.port.SyncStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the planner finds to the store, some hundred at a time: nobody ever holds all of it.
 * Not thread-safe.
 */
final class StorePlanSink implements PlanSink {

  private static final int BATCH = 500;

  private final SyncStore store;
  private final RunId run;
  private final UnaryOperator<List<Change>> completion;
  private final List<Change> changes = new ArrayList<>(BATCH);
  private final List<Anomaly> anomalies = new ArrayList<>();
  private long lastSeq;

  /**
   * For one run.
   *
   * @param completion does what is left to do to changes before they are stored; they stay as many,
   *     in their order
   */
  StorePlanSink(SyncStore store, RunId run, UnaryOperator<List<Change>> completion) {
    this.store = store;
    this.run = run;
    this.completion = completion;
  }

  @Override
  public long nextSeq() {
    return ++lastSeq;
  }

  @Override
  public void add(Change change) {
    changes.add(change);
    if (changes.size() >= BATCH) {
      flushChanges();
    }
  }

  @Override
  public void add(Anomaly anomaly) {
    anomalies.add(anomaly);
    if (anomalies.size() >= BATCH) {
      flushAnomalies();
    }
  }

  /**
   * Keeps marks for the mirror. They wait in the plan's table, because the mirror is being read
   * while the plan is made and a server that locks would wait for itself.
   */
  @Override
  public void note(
      CrmObject object,
      PmiId pmiId,
      ContactId contactId,
      @Nullable JourneyId journeyId,
      SentValues marks) {
    if (marks.asMap().isEmpty()) {
      return;
    }
    SortedMap<FieldName, FieldValue> hashes = new TreeMap<>();
    marks.asMap().forEach((f, m) -> hashes.put(f, new FieldValue(m.sent() + "/" + m.seen())));
    add(
        Change.builder(nextSeq(), object, pmiId, Change.Action.NOTE)
            .contactId(contactId)
            .journeyId(journeyId)
            .newValues(FieldValues.of(hashes))
            .build());
  }

  /**
   * Brings everything to the store; the mirror must no longer be open for reading.
   *
   * @param complete whether everybody was looked at, so that anomalies not seen are gone
   */
  void close(boolean complete) {
    flushChanges();
    flushAnomalies();
    if (complete) {
      store.anomalies().closeUnseen(run);
    }
    applyNotes(CrmObject.CONTACT);
    applyNotes(CrmObject.JOURNEY);
  }

  /** Takes back changes that are stored: they are refused by our own rules. */
  void refuse(List<Long> seqs, String code) {
    for (int from = 0; from < seqs.size(); from += BATCH) {
      store
          .changes()
          .settle(
              run,
              seqs.subList(from, Math.min(from + BATCH, seqs.size())).stream()
                  .map(
                      seq -> new Settlement(seq, Change.State.REFUSED, null, null, code, List.of()))
                  .toList());
    }
  }

  private void applyNotes(CrmObject object) {
    ChangePages notes =
        new ChangePages(
            store.changes(),
            run,
            object,
            Set.of(Change.Action.NOTE),
            Set.of(Change.State.PLANNED),
            BATCH);
    for (List<Change> page : notes) {
      if (object == CrmObject.CONTACT) {
        store.mirror().recordContacts(page.stream().map(StorePlanSink::contactMarks).toList());
      } else {
        store
            .mirror()
            .recordJourneys(page.stream().flatMap(c -> journeyMarks(c).stream()).toList());
      }
    }
  }

  private static WrittenContact contactMarks(Change note) {
    ContactId id = Objects.requireNonNull(note.contactId(), "a note names its Contact");
    return new WrittenContact(id, note.pmiId(), FieldValues.empty(), marks(note));
  }

  private static List<WrittenJourney> journeyMarks(Change note) {
    JourneyId id = note.journeyId();
    return id == null
        ? List.of()
        : List.of(new WrittenJourney(id, FieldValues.empty(), marks(note)));
  }

  private static SentValues marks(Change note) {
    SortedMap<FieldName, SentValues.Mark> marks = new TreeMap<>();
    note.newValues()
        .asMap()
        .forEach(
            (field, hashes) -> {
              int slash = hashes.text().indexOf('/');
              marks.put(
                  field,
                  new SentValues.Mark(
                      hashes.text().substring(0, slash), hashes.text().substring(slash + 1)));
            });
    return SentValues.of(marks);
  }

  private void flushChanges() {
    if (!changes.isEmpty()) {
      store.changes().append(run, completion.apply(List.copyOf(changes)));
      changes.clear();
    }
  }

  private void flushAnomalies() {
    if (!anomalies.isEmpty()) {
      store.anomalies().seen(run, List.copyOf(anomalies));
      anomalies.clear();
    }
  }
}
