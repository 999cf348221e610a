package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.mapping.FieldPolicy;
import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.mapping.ValueHash;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SentValues.Mark;
import edu.cumc.aou.sync.plan.WithdrawalFields;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import edu.cumc.aou.sync.port.MirrorTable.WrittenJourney;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a run sent with what Salesforce now shows. A difference is Salesforce's own change
 * of our value, unless another user has changed the record since. Such a change, and any difference
 * that appears on a later morning, is an edit; the next plan decides about it.
 */
final class ReadBack {

  private static final int PAGE = 500;

  private static final List<MirroredContact> NONE = List.of();

  /** What is amiss of a value until Salesforce shows what was sent. */
  static final List<AnomalyTable.Kind> OF_A_VALUE =
      List.of(AnomalyTable.Kind.NOT_TAKEN_OVER, AnomalyTable.Kind.CHANGED_BACK);

  private final RunContext context;
  private final Map<FieldName, BoundField> contactFields;
  private final Map<FieldName, BoundField> journeyFields;
  private final Set<FieldName> telling;
  private final OthersChanges others;
  private final List<Anomaly> anomalies = new ArrayList<>();
  private final List<Anomaly> mended = new ArrayList<>();
  private final boolean isRetry;
  private long edited;

  /** {@code since}: by Salesforce's clock, a moment before the run began to write. */
  ReadBack(RunContext context, Instant since) {
    this.context = context;
    this.others = new OthersChanges(context, since);
    this.isRetry =
        context.store().runs().find(context.run()).stream()
            .anyMatch(run -> run.mode() == RunMode.RETRY);
    BoundMapping mapping = context.mapping();
    this.contactFields = byName(mapping.contact());
    this.journeyFields = byName(mapping.journey());
    this.telling =
        WithdrawalFields.of(
                mapping,
                context.settings().withdrawalFields(),
                context.settings().status().withdrawalColumns())
            .telling();
  }

  private static Map<FieldName, BoundField> byName(List<BoundField> fields) {
    Map<FieldName, BoundField> byName = new HashMap<>();
    fields.forEach(field -> byName.put(field.name(), field));
    return byName;
  }

  /**
   * Looks at everything that the run wrote, in the mirror as refreshed after the last write. Also
   * looks at what it could not write, because there are several Contacts or journeys by now.
   */
  void compare() {
    new WaitingValues(context).hold();
    BothSorts rows = new BothSorts();
    List<Change> page = new ArrayList<>();
    while (rows.hasNext()) {
      Change row = rows.next();
      // A record in the bin shows nothing, and a restored record shows its old values.
      if (row.action() != Change.Action.DELETE && row.action() != Change.Action.RESTORE) {
        page.add(row);
      }
      if (page.size() >= PAGE || (!rows.hasNext() && !page.isEmpty())) {
        context.lease().keep();
        compare(page);
        page.clear();
      }
    }
    if (edited > 0) {
      context
          .listener()
          .note(
              (edited == 1
                      ? "a value that was sent has been"
                      : edited + " values that were sent have been")
                  + " changed by others since: the next sync looks at "
                  + (edited == 1 ? "it" : "them"));
    }
  }

  /**
   * What was written to Contacts and to journeys, in the order of PMI IDs, so that each
   * participant's mirror entry is read once for both.
   */
  private final class BothSorts {
    private final Map<CrmObject, WriteRows> rows = new EnumMap<>(CrmObject.class);
    private final Map<CrmObject, Change> next = new EnumMap<>(CrmObject.class);

    BothSorts() {
      for (CrmObject object : CrmObject.values()) {
        rows.put(object, WriteRows.done(context.changes(), context.run(), object));
      }
    }

    boolean hasNext() {
      rows.forEach(
          (object, theirs) -> {
            if (!next.containsKey(object) && theirs.hasNext()) {
              next.put(object, theirs.next());
            }
          });
      return !next.isEmpty();
    }

    Change next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Change first = next.values().stream().min(Comparator.comparing(Change::pmiId)).orElseThrow();
      next.remove(first.object());
      return first;
    }
  }

  private void compare(List<Change> page) {
    SyncStore store = context.store();
    Map<PmiId, MirrorEntry> entries = shown(page);
    Map<PmiId, MirrorEntry> unlike =
        context.mirrored(
            page.stream().filter(c -> isRetry || isUnlike(c, entries.get(c.pmiId()))).toList());
    entries.putAll(unlike);
    List<WrittenContact> contacts = new ArrayList<>();
    List<WrittenJourney> journeys = new ArrayList<>();
    List<Change> unseen = new ArrayList<>();
    for (Change change : page) {
      CrmObject object = change.object();
      MirrorEntry entry = entries.get(change.pmiId());
      List<MirroredContact> live = entry == null ? List.of() : entry.live();
      if (object == CrmObject.CONTACT
          && live.stream().noneMatch(c -> c.id().equals(change.contactId()))
          && mayHaveLostItsKey(change)) {
        unseen.add(change);
      }
      noteUncleared(change, live);
      if (change.action() == Change.Action.ADOPT) {
        closeOrphans(change, live);
      }
      for (MirroredContact contact : unlike.containsKey(change.pmiId()) ? live : NONE) {
        if (object == CrmObject.CONTACT && contact.id().equals(change.contactId())) {
          SentValues marks = marks(change, contact.id().value(), contact.fields(), contact.sent());
          if (!marks.asMap().isEmpty()) {
            contacts.add(
                new WrittenContact(contact.id(), change.pmiId(), FieldValues.empty(), marks));
          }
        }
        contact.journeys().stream()
            .filter(j -> object == CrmObject.JOURNEY && j.id().equals(change.journeyId()))
            .forEach(
                j -> {
                  SentValues marks = marks(change, j.id().value(), j.fields(), j.sent());
                  if (!marks.asMap().isEmpty()) {
                    journeys.add(new WrittenJourney(j.id(), FieldValues.empty(), marks));
                  }
                });
      }
    }
    new KeyCheck(context).verify(unseen);
    store.mirror().recordContacts(contacts);
    store.mirror().recordJourneys(journeys);
    endDecisionsAboutWithdrawals();
    store.anomalies().seen(context.run(), List.copyOf(anomalies));
    anomalies.clear();
    closeMended();
  }

  /** The plan saw the journeys of a Contact that had lost its PMI ID as nobody's. */
  private void closeOrphans(Change adopted, List<MirroredContact> live) {
    live.stream()
        .filter(contact -> contact.id().equals(adopted.contactId()))
        .flatMap(contact -> contact.journeys().stream())
        .map(journey -> Anomaly.ofJourney(adopted.pmiId(), journey.id()))
        .forEach(mended::add);
  }

  /** Without the marks of what was sent. */
  private Map<PmiId, MirrorEntry> shown(List<Change> page) {
    Map<PmiId, MirrorEntry> entries = new HashMap<>();
    context
        .store()
        .mirror()
        .findShown(page.stream().map(Change::pmiId).distinct().toList())
        .forEach(entry -> entries.put(entry.pmiId(), entry));
    return entries;
  }

  /**
   * A new record gets no blanks, so a field that Salesforce or an automation filled meanwhile still
   * shows that value where the source has none and the policy would clear it. An adopted Contact
   * may have such a value that nothing can clear; what it shows was read too late for the plan to
   * name it.
   */
  private void noteUncleared(Change change, List<MirroredContact> live) {
    boolean isNew =
        change.action() == Change.Action.INSERT
            || (change.object() == CrmObject.JOURNEY && change.oldValues().isEmpty());
    if (!isNew && change.action() != Change.Action.ADOPT) {
      return;
    }
    shown(change, live)
        .flatMap(
            shown ->
                fields(change.object()).values().stream()
                    .filter(
                        field ->
                            isNew
                                ? isUncleared(field, change, shown)
                                : isUnclearable(field, change)))
        .filter(field -> !mayBeOfOthers(change))
        .forEach(
            field ->
                anomalies.add(
                    Anomaly.ofField(
                        AnomalyTable.Kind.NOT_TAKEN_OVER, change.pmiId(), field.name())));
  }

  private boolean mayBeOfOthers(Change change) {
    if (change.object() == CrmObject.CONTACT) {
      return change.contactId() != null
          && others.mayBe(CrmObject.CONTACT, change.contactId().value());
    }
    return change.journeyId() != null
        && others.mayBe(CrmObject.JOURNEY, change.journeyId().value());
  }

  private static boolean isUncleared(BoundField field, Change change, FieldValues shown) {
    FieldValue seen = field.seen(shown.get(field.name()));
    return field.policy() == FieldPolicy.OVERWRITE
        && !change.newValues().contains(field.name())
        && change.refusedFields().stream().noneMatch(r -> r.startsWith(field.name() + ":"))
        && !seen.isBlank()
        && !field.isUnticked(seen);
  }

  private static boolean isUnclearable(BoundField field, Change change) {
    return change.refusedFields().contains(field.name() + ":" + ReadValue.CANNOT_BE_BLANK);
  }

  private boolean isUnlike(Change change, @Nullable MirrorEntry entry) {
    Map<FieldName, BoundField> fields = fields(change.object());
    List<MirroredContact> live = entry == null ? List.of() : entry.live();
    return shown(change, live)
        .anyMatch(
            shown ->
                change.newValues().asMap().entrySet().stream()
                    .anyMatch(
                        v -> !seen(fields, v.getKey(), v.getValue(), shown).equals(v.getValue())));
  }

  /** What the record of a change shows; empty if it is not there. */
  private static Stream<FieldValues> shown(Change change, List<MirroredContact> live) {
    return live.stream()
        .flatMap(
            c ->
                change.object() == CrmObject.CONTACT
                    ? Stream.of(c)
                        .filter(x -> x.id().equals(change.contactId()))
                        .map(x -> x.fields())
                    : c.journeys().stream()
                        .filter(j -> j.id().equals(change.journeyId()))
                        .map(j -> j.fields()));
  }

  private Map<FieldName, BoundField> fields(CrmObject object) {
    return object == CrmObject.CONTACT ? contactFields : journeyFields;
  }

  private static FieldValue seen(
      Map<FieldName, BoundField> fields, FieldName name, FieldValue sent, FieldValues shown) {
    @Nullable BoundField field = fields.get(name);
    return field == null ? sent : field.seen(shown.get(name));
  }

  /** Nobody who decided about the field before knew of the withdrawal that this run sent. */
  private void endDecisionsAboutWithdrawals() {
    List<Anomaly> news =
        anomalies.stream()
            .filter(a -> telling.stream().anyMatch(f -> f.value().equals(a.field())))
            .toList();
    context.store().anomalies().mended(news);
  }

  /** What a retry sent again, and journeys that have their Contact back. */
  private void closeMended() {
    if (!mended.isEmpty()) {
      context.store().anomalies().mended(List.copyOf(mended));
      mended.clear();
    }
  }

  /**
   * The next sync handles what others did to an existing Contact's PMI ID, and an undo may remove
   * it.
   */
  private boolean mayHaveLostItsKey(Change change) {
    return KeyCheck.CREATES.contains(change.action())
        || (change.contactId() != null
            && !change.newValues().contains(context.mapping().pmiField().name())
            && !others.mayBe(CrmObject.CONTACT, change.contactId().value()));
  }

  /** The marks of the fields that Salesforce changed. */
  private SentValues marks(Change change, String id, FieldValues shown, SentValues sent) {
    Map<FieldName, BoundField> fields = fields(change.object());
    SortedMap<FieldName, Mark> marks = new TreeMap<>();
    change
        .newValues()
        .asMap()
        .forEach(
            (name, value) -> {
              FieldValue seen = seen(fields, name, value, shown);
              if (seen.equals(value)) {
                if (isRetry) {
                  OF_A_VALUE.forEach(
                      kind -> mended.add(Anomaly.ofField(kind, change.pmiId(), name)));
                }
              } else if (others.mayBe(change.object(), id)) {
                edited++;
              } else {
                String hash = ValueHash.of(value);
                sent.mark(name)
                    .filter(mark -> mark.sent().equals(hash))
                    .ifPresent(mark -> marks.put(name, mark.readBack(ValueHash.of(seen))));
                anomalies.add(
                    Anomaly.ofField(AnomalyTable.Kind.NOT_TAKEN_OVER, change.pmiId(), name));
              }
            });
    return SentValues.of(marks);
  }
}
