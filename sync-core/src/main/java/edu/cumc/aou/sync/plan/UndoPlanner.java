package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SyncStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Plans the undo of a run. Each record that the run updated gets back the values that Salesforce
 * showed before. If a field no longer has the value that the run wrote, the whole record is left
 * alone. An adopted Contact loses the PMI ID again. Created records stay, unless the undo is told
 * to delete those that nobody has touched. What an earlier undo deleted comes back. Holds one
 * participant at a time.
 */
public final class UndoPlanner {

  private static final int PROGRESS_EVERY = 1000;

  private final SyncStore store;
  private final BoundMapping mapping;
  private final boolean deleteCreated;
  private final BinRules bin;
  private final Tallier tallier = new Tallier();
  private boolean blanked;

  /** The participant of the last Contact, if the row of the Contact also covers the journeys. */
  private @Nullable PmiId goes;

  private @Nullable PmiId comesBack;

  /** The participant of the last Contact, if a person or an earlier undo has deleted it. */
  private @Nullable PmiId gone;

  /**
   * Serves one undo.
   *
   * @param deleteCreated whether to delete Contacts that the run created
   */
  public UndoPlanner(SyncStore store, BoundMapping mapping, boolean deleteCreated, BinRules bin) {
    this.store = store;
    this.mapping = mapping;
    this.deleteCreated = deleteCreated;
    this.bin = bin;
  }

  /**
   * Writes the plan of a run.
   *
   * @param undone the run to take back
   * @param source shows who has withdrawn; the caller closes it
   * @param progress told, now and then, how many records were looked at
   * @return what was counted, see {@link PlanTallies}; the rows are those that {@code undone} wrote
   */
  public Tallies plan(RunId run, RunId undone, Cursor<SourceEntry> source, LongConsumer progress) {
    blanked = store.runs().isBlanked(undone);
    StorePlanSink sink = new StorePlanSink(store, run, UnaryOperator.identity());
    ReadAhead<SourceEntry> entries = new ReadAhead<>(source);
    ReadAhead<Change> contacts =
        new ReadAhead<>(WriteRows.done(store.changes(), undone, CrmObject.CONTACT));
    ReadAhead<Change> journeys =
        new ReadAhead<>(WriteRows.done(store.changes(), undone, CrmObject.JOURNEY));
    long done = 0;
    try (Cursor<MirrorEntry> mirror = store.mirror().read()) {
      ReadAhead<MirrorEntry> mirrored = new ReadAhead<>(mirror);
      for (Change next = first(contacts, journeys);
          next != null;
          next = first(contacts, journeys)) {
        ReadAhead<Change> from = next.object() == CrmObject.CONTACT ? contacts : journeys;
        PmiId pmiId = next.pmiId();
        Optional<MirrorEntry> entry = at(mirrored, pmiId);
        boolean withdrawn = hasWithdrawn(entries, pmiId);
        undo(from.take(), entry.orElse(null), withdrawn, sink);
        if (++done % PROGRESS_EVERY == 0) {
          progress.accept(done);
        }
      }
      progress.accept(done);
    }
    sink.close(null);
    return tallier.tallies();
  }

  /** The Contact of a participant comes before the journey. */
  private static @Nullable Change first(ReadAhead<Change> contacts, ReadAhead<Change> journeys) {
    Change contact = contacts.peek();
    Change journey = journeys.peek();
    if (contact == null || journey == null) {
      return contact == null ? journey : contact;
    }
    return contact.pmiId().compareTo(journey.pmiId()) <= 0 ? contact : journey;
  }

  /** Leaves the participant's element in the stream: each object looks at it once. */
  private static Optional<MirrorEntry> at(ReadAhead<MirrorEntry> mirrored, PmiId pmiId) {
    for (MirrorEntry next = mirrored.peek(); next != null; next = mirrored.peek()) {
      int order = next.pmiId().compareTo(pmiId);
      if (order >= 0) {
        return order == 0 ? Optional.of(next) : Optional.empty();
      }
      mirrored.take();
    }
    return Optional.empty();
  }

  private static boolean hasWithdrawn(ReadAhead<SourceEntry> entries, PmiId pmiId) {
    for (SourceEntry next = entries.peek(); next != null; next = entries.peek()) {
      PmiId key = keyOf(next);
      if (key != null && key.compareTo(pmiId) >= 0) {
        return key.equals(pmiId)
            && next instanceof SourceEntry.Found found
            && (found.participant().status() == ParticipantStatus.WITHDRAWN
                || found.participant().status() == ParticipantStatus.UNCLEAR);
      }
      entries.take();
    }
    return false;
  }

  private static @Nullable PmiId keyOf(SourceEntry entry) {
    return entry instanceof SourceEntry.Found found
        ? found.participant().pmiId()
        : ((SourceEntry.Rejected) entry).pmiId();
  }

  private void undo(
      Change done, @Nullable MirrorEntry entry, boolean withdrawn, StorePlanSink sink) {
    if (done.action() == Change.Action.DELETE) {
      takeBackDeletion(done, entry, withdrawn, sink);
      return;
    }
    if (done.object() == CrmObject.JOURNEY && done.pmiId().equals(goes)) {
      // The deletion of the journey covers it.
      return;
    }
    tallier.add(done.object(), PlanTallies.ROWS);
    if (done.object() == CrmObject.JOURNEY && done.pmiId().equals(gone)) {
      tallier.add(CrmObject.JOURNEY, PlanTallies.UNCHANGED);
      return;
    }
    boolean created = done.oldValues().isEmpty() && !done.newValues().isEmpty();
    if (deleteCreated && done.action() == Change.Action.INSERT) {
      deleteCreated(done, entry, withdrawn, sink);
      return;
    }
    if (done.action() == Change.Action.INSERT || created) {
      tallier.add(done.object(), PlanTallies.SKIPPED + "created-by-the-run");
      return;
    }
    Optional<FieldValues> shown = shown(done, entry);
    boolean onlyPmiId = done.action() == Change.Action.ADOPT && !blanked;
    if (done.newValues().isEmpty() && !onlyPmiId) {
      leave(done, "values-blanked", List.of(), sink);
    } else if (withdrawn) {
      leave(done, "withdrawn-since", List.of(), sink);
    } else if (shown.isEmpty()) {
      leave(done, "gone-since", List.of(), sink);
    } else {
      restore(done, shown.get(), sink);
    }
  }

  private void deleteCreated(
      Change done, @Nullable MirrorEntry entry, boolean withdrawn, StorePlanSink sink) {
    BinRules.Verdict verdict = bin.onDeletion(done);
    if (verdict.isDone()) {
      gone = done.pmiId();
      tallier.add(CrmObject.CONTACT, PlanTallies.UNCHANGED);
      return;
    }
    if (withdrawn) {
      leave(done, "withdrawn-since", List.of(), sink);
      return;
    }
    if (verdict.code() != null) {
      leave(done, verdict.code(), verdict.blames(), sink);
      return;
    }
    goes = done.pmiId();
    FieldValues shown =
        shown(done, entry)
            .orElse(FieldValues.empty())
            .with(
                FieldValues.of(
                    Map.of(mapping.pmiField().name(), new FieldValue(done.pmiId().value()))));
    sink.add(
        Change.builder(sink.nextSeq(), CrmObject.CONTACT, done.pmiId(), Change.Action.DELETE)
            .contactId(done.contactId())
            .oldValues(shown)
            .build());
    for (JourneyId journey : verdict.journeys()) {
      tallier.add(CrmObject.JOURNEY, PlanTallies.ROWS);
      sink.add(
          Change.builder(sink.nextSeq(), CrmObject.JOURNEY, done.pmiId(), Change.Action.DELETE)
              .contactId(done.contactId())
              .journeyId(journey)
              .oldValues(shownJourney(journey, entry))
              .build());
    }
  }

  private static FieldValues shownJourney(JourneyId id, @Nullable MirrorEntry entry) {
    return entry == null
        ? FieldValues.empty()
        : entry.contacts().stream()
            .flatMap(c -> c.journeys().stream())
            .filter(j -> j.id().equals(id))
            .map(MirroredJourney::fields)
            .findFirst()
            .orElse(FieldValues.empty());
  }

  /** Takes a deletion back as a whole: a journey comes back together with its Contact. */
  private void takeBackDeletion(
      Change done, @Nullable MirrorEntry entry, boolean withdrawn, StorePlanSink sink) {
    tallier.add(done.object(), PlanTallies.ROWS);
    if (done.object() == CrmObject.JOURNEY) {
      if (done.pmiId().equals(comesBack)) {
        sink.add(restored(done, sink));
      } else {
        tallier.add(CrmObject.JOURNEY, JourneyPlanner.WITHOUT_CONTACT);
      }
      return;
    }
    boolean another =
        entry != null && entry.live().stream().anyMatch(c -> !c.id().equals(done.contactId()));
    BinRules.Verdict verdict = bin.onRestoring(done);
    if (withdrawn) {
      leave(done, "withdrawn-since", List.of(), sink);
    } else if (another) {
      leave(done, "created-since", List.of(), sink);
    } else if (verdict.code() != null) {
      leave(done, verdict.code(), verdict.blames(), sink);
    } else {
      comesBack = done.pmiId();
      if (verdict.isDone()) {
        tallier.add(CrmObject.CONTACT, PlanTallies.UNCHANGED);
      } else {
        sink.add(restored(done, sink));
      }
    }
  }

  private static Change restored(Change deleted, StorePlanSink sink) {
    return Change.builder(sink.nextSeq(), deleted.object(), deleted.pmiId(), Change.Action.RESTORE)
        .contactId(deleted.contactId())
        .journeyId(deleted.journeyId())
        .newValues(deleted.oldValues())
        .build();
  }

  /** The record in the mirror, if Salesforce still has it with this PMI ID. */
  private static Optional<FieldValues> shown(Change done, @Nullable MirrorEntry entry) {
    if (entry == null) {
      return Optional.empty();
    }
    for (MirroredContact contact : entry.contacts()) {
      if (contact.gone()) {
        continue;
      }
      if (done.object() == CrmObject.CONTACT && contact.id().equals(done.contactId())) {
        return Optional.of(contact.fields());
      }
      for (MirroredJourney journey : contact.journeys()) {
        if (done.object() == CrmObject.JOURNEY && journey.id().equals(done.journeyId())) {
          return Optional.of(journey.fields());
        }
      }
    }
    return Optional.empty();
  }

  private void restore(Change done, FieldValues shown, StorePlanSink sink) {
    SortedMap<FieldName, FieldValue> before = new TreeMap<>();
    SortedMap<FieldName, FieldValue> now = new TreeMap<>();
    List<String> changed = new ArrayList<>();
    List<String> unmapped = new ArrayList<>();
    for (Map.Entry<FieldName, FieldValue> written : done.newValues().asMap().entrySet()) {
      FieldName name = written.getKey();
      Optional<BoundField> field = field(done.object(), name);
      if (field.isEmpty()) {
        unmapped.add(name.value());
        continue;
      }
      FieldValue current = field.get().seen(shown.get(name));
      FieldValue old = done.oldValues().get(name);
      if (current.equals(old)) {
        continue;
      }
      if (current.equals(written.getValue())) {
        before.put(name, old);
        now.put(name, current);
      } else {
        changed.add(name.value());
      }
    }
    if (done.action() == Change.Action.ADOPT) {
      FieldName pmiField = mapping.pmiField().name();
      before.put(pmiField, FieldValue.BLANK);
      now.put(pmiField, new FieldValue(done.pmiId().value()));
    }
    if (!unmapped.isEmpty()) {
      leave(done, "no-longer-mapped", unmapped, sink);
    } else if (!changed.isEmpty()) {
      leave(done, "changed-since", changed, sink);
    } else if (before.isEmpty()) {
      tallier.add(done.object(), PlanTallies.UNCHANGED);
    } else {
      sink.add(change(done, Change.Action.UPDATE, now, before, null, List.of(), sink));
    }
  }

  private Optional<BoundField> field(CrmObject object, FieldName name) {
    List<BoundField> fields = object == CrmObject.CONTACT ? mapping.contact() : mapping.journey();
    return fields.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  private void leave(Change done, String code, List<String> fields, StorePlanSink sink) {
    tallier.add(done.object(), PlanTallies.REJECTED + code);
    sink.add(change(done, Change.Action.REJECT, Map.of(), Map.of(), code, fields, sink));
  }

  private static Change change(
      Change done,
      Change.Action action,
      Map<FieldName, FieldValue> oldValues,
      Map<FieldName, FieldValue> newValues,
      @Nullable String code,
      List<String> fields,
      StorePlanSink sink) {
    return Change.builder(sink.nextSeq(), done.object(), done.pmiId(), action)
        .contactId(done.contactId())
        .journeyId(done.journeyId())
        .state(code == null ? Change.State.PLANNED : Change.State.REFUSED)
        .oldValues(FieldValues.of(oldValues))
        .newValues(FieldValues.of(newValues))
        .error(code, fields)
        .build();
  }
}
