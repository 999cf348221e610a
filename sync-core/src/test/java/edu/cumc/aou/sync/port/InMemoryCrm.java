package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.InMemoryOrg.RefusedException;
import edu.cumc.aou.sync.port.InMemoryOrg.Row;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An org that lives in memory, and the crm that looks at it, for tests: it passes {@link
 * CrmContract}. Its time is that of a {@link VirtualClock}. Thread-safe.
 */
public final class InMemoryCrm implements Crm, TestOrg {

  /** Who owns all records of the org. */
  public static final String OWNER = "005MEM000000001";

  /** How long the flow takes to create a Contact's journey. */
  public static final Duration JOURNEY_DELAY = Duration.ofSeconds(20);

  private static final int PAGE = 2_000;

  private final CallGate gate = new CallGate();
  private final List<Reading> readings = new ArrayList<>();
  private final VirtualClock clock;
  private final InMemorySchema schema;
  private final InMemoryView view;
  private final InMemoryOrg records;
  private final InMemoryJobs jobs;
  private final Map<String, WriteOutcome> refusals = new HashMap<>();
  private final Map<String, WriteOutcome> refusalsOnce = new HashMap<>();
  private @Nullable Boolean loseAnswerOf;
  private OrgIdentity identity = new OrgIdentity("00DMEM000000001EAA", true);
  private CrmUsage quota = CrmUsage.NONE;

  private Runnable atEachCall = () -> {};

  /**
   * An empty sandbox.
   *
   * @param uniquePmiField whether the PMI field of Contact is a unique external id, or plain text
   */
  public InMemoryCrm(VirtualClock clock, boolean uniquePmiField) {
    this.clock = clock;
    this.schema = new InMemorySchema(uniquePmiField);
    this.view = new InMemoryView(schema);
    this.records = new InMemoryOrg(clock, schema, JOURNEY_DELAY);
    this.jobs =
        new InMemoryJobs(
            clock,
            new InMemoryJobs.Caller() {
              @Override
              public <T> T call(Supplier<T> answer) {
                return InMemoryCrm.this.call(answer);
              }
            },
            this::writeRow);
  }

  /** What was read in one go, and how many records it gave. */
  public record Reading(CrmObject object, CrmScope.Kind kind, boolean onlyStamps, int records) {}

  /** All that was read so far. */
  public List<Reading> readings() {
    return gate.uncounted(() -> List.copyOf(readings));
  }

  /** What else happens in the org. */
  public InMemoryDesk desk() {
    return new InMemoryDesk(gate, records, this::letDueHappen);
  }

  /** Makes it another org. */
  public void become(OrgIdentity other) {
    gate.uncounted(() -> identity = other);
  }

  /** What the org says of its daily allowance. */
  public void stateQuota(long dailyUsed, long dailyMax) {
    gate.uncounted(() -> quota = new CrmUsage(0, Map.of(), dailyUsed, dailyMax));
  }

  /** Lets the n-th call from now (1 is the next one) throw before it is carried out. Once. */
  public void failBefore(long nth, Supplier<? extends Throwable> throwable) {
    gate.failAt(nth, false, throwable);
  }

  /** Likewise, after the call was carried out. */
  public void failAfter(long nth, Supplier<? extends Throwable> throwable) {
    gate.failAt(nth, true, throwable);
  }

  /** Refuses every write of a Contact with this PMI ID, or of its journey, from now on. */
  public void refuse(PmiId pmiId, String code, String... fields) {
    gate.uncounted(
        () -> refusals.put(pmiId.value(), new WriteOutcome.Refused(code, List.of(fields))));
  }

  /** Accepts again what {@link #refuse} named. */
  public void accept(PmiId pmiId) {
    gate.uncounted(() -> refusals.remove(pmiId.value()));
  }

  /** Lets a Contact that has no journey yet never get one from the flow. */
  public void withholdJourney(ContactId contact) {
    gate.uncounted(
        () -> {
          records.withholdJourney(contact.value());
          return contact;
        });
  }

  @Override
  public OrgIdentity org() {
    return call(() -> identity);
  }

  @Override
  public Instant serverTime() {
    return call(clock::instant);
  }

  @Override
  public ObjectInfo describe(CrmObject object) {
    return call(() -> schema.object(object));
  }

  @Override
  public long count(CrmObject object, CrmScope scope) {
    return call(() -> records.rows(object).stream().filter(InMemoryView.within(scope)).count());
  }

  @Override
  public Map<CrmObject, Long> counts(CrmScope scope) {
    return call(
        () ->
            Map.of(
                CrmObject.CONTACT,
                records.rows(CrmObject.CONTACT).stream().filter(InMemoryView.within(scope)).count(),
                CrmObject.JOURNEY,
                records.rows(CrmObject.JOURNEY).stream()
                    .filter(InMemoryView.within(scope))
                    .count()));
  }

  @Override
  public Cursor<Contact> contacts(CrmScope scope, List<FieldName> fields) {
    return read(CrmObject.CONTACT, scope, fields, row -> view.contact(row, fields));
  }

  @Override
  public List<Contact> contactsById(List<ContactId> ids, List<FieldName> fields) {
    if (ids.size() > MAX_BATCH) {
      throw new IllegalArgumentException("a call holds at most " + MAX_BATCH + " records");
    }
    return ids.isEmpty()
        ? List.of()
        : call(
            () ->
                ids.stream()
                    .flatMap(id -> records.find(id.value()).stream())
                    .filter(row -> row.object() == CrmObject.CONTACT && !row.deleted())
                    .map(row -> view.contact(row, fields))
                    .toList());
  }

  @Override
  public List<ContactTrace> traces(List<ContactId> ids) {
    if (ids.size() > MAX_BATCH) {
      throw new IllegalArgumentException("a call holds at most " + MAX_BATCH + " records");
    }
    return ids.isEmpty()
        ? List.of()
        : call(
            () ->
                ids.stream()
                    .flatMap(id -> records.find(id.value()).stream())
                    .map(this::trace)
                    .toList());
  }

  private ContactTrace trace(Row row) {
    List<ContactTrace.JourneyTrace> journeys =
        row.deleted()
            ? List.of()
            : records.rows(CrmObject.JOURNEY).stream()
                .filter(j -> !j.deleted())
                .filter(j -> j.text(InMemorySchema.CONTACT_LOOKUP).equals(row.id()))
                .map(j -> new ContactTrace.JourneyTrace(new JourneyId(j.id()), touches(j)))
                .toList();
    return new ContactTrace(
        new ContactId(row.id()),
        !row.deleted()
            ? ContactTrace.State.THERE
            : row.mergedInto() == null ? ContactTrace.State.BINNED : ContactTrace.State.MERGED,
        touches(row),
        journeys,
        List.of());
  }

  private static ContactTrace.Touches touches(Row row) {
    return new ContactTrace.Touches(
        !row.creation().byHand(), row.created(), !row.change().byHand(), row.modified());
  }

  @Override
  public Cursor<Journey> journeys(CrmScope scope, List<FieldName> fields) {
    return read(CrmObject.JOURNEY, scope, fields, row -> view.journey(row, fields));
  }

  @Override
  public Cursor<RecordStamp> stamps(CrmObject object, Instant from, Instant before) {
    return stamps(object, from, before, row -> true);
  }

  @Override
  public Cursor<RecordStamp> stampsOfOthers(CrmObject object, Instant from, Instant before) {
    return stamps(object, from, before, row -> row.deleted() || row.change().byHand());
  }

  private Cursor<RecordStamp> stamps(
      CrmObject object, Instant from, Instant before, Predicate<Row> also) {
    return read(
        object,
        CrmScope.changedSince(from),
        List.of(),
        row -> new RecordStamp(row.id(), row.modified()),
        also.and(row -> row.modified().isBefore(before)));
  }

  @Override
  public Cursor<String> changedByOthers(CrmObject object, Instant since) {
    return Cursor.of(
        call(() ->
                records.rows(object).stream()
                    .filter(row -> !row.deleted() && row.change().byHand())
                    .filter(row -> !row.modified().isBefore(since))
                    .map(Row::id)
                    .toList())
            .iterator());
  }

  private <T> Cursor<T> read(
      CrmObject object, CrmScope scope, List<FieldName> fields, Function<Row, T> read) {
    return read(object, scope, fields, read, row -> true);
  }

  private static Comparator<Row> order(CrmScope scope) {
    return scope.kind() == CrmScope.Kind.CHANGED_SINCE
        ? Comparator.comparing(Row::modified).thenComparing(Row::id, Comparator.reverseOrder())
        : Comparator.comparing(Row::id);
  }

  private <T> Cursor<T> read(
      CrmObject object,
      CrmScope scope,
      List<FieldName> fields,
      Function<Row, T> read,
      Predicate<Row> also) {
    List<T> found =
        call(
            () -> {
              view.requireFields(object, fields);
              return records.rows(object).stream()
                  .filter(InMemoryView.within(scope).and(also))
                  .sorted(order(scope))
                  .map(read)
                  .toList();
            });
    readings.add(new Reading(object, scope.kind(), fields.isEmpty(), found.size()));
    return Cursor.of(new Pages<>(found));
  }

  /** Each page after the first costs a call when the reader reaches it. */
  private final class Pages<T> implements Iterator<T> {
    private final List<T> all;
    private int next;
    private int loaded = PAGE;

    Pages(List<T> all) {
      this.all = all;
    }

    @Override
    public boolean hasNext() {
      if (next == loaded && next < all.size()) {
        call(() -> null);
        loaded += PAGE;
      }
      return next < all.size();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return all.get(next++);
    }
  }

  @Override
  public void write(WriteOrder order, Iterator<WriteRow> rows, WriteJournal journal) {
    writing(order, journal).write(rows);
  }

  @Override
  public void takeUp(
      WriteOrder order,
      JobTable.Job job,
      List<WriteRow> rows,
      Instant since,
      WriteJournal journal) {
    writing(order, journal).takeUp(job, rows, since);
  }

  @Override
  public void settle(
      WriteOrder order,
      Iterator<WriteRow> rows,
      Instant since,
      boolean mayBeUnderWay,
      WriteJournal journal) {
    writing(order, journal).settleUnknown(rows, since, mayBeUnderWay);
  }

  @Override
  public boolean stopJob(JobId job) {
    return jobs.abort(job).isOver();
  }

  private InMemoryWriting writing(WriteOrder order, WriteJournal journal) {
    return new InMemoryWriting(clock, readTimeout(), jobs, new SmallCalls(), order, journal);
  }

  private final class SmallCalls implements InMemoryWriting.Calls {
    @Override
    public Optional<List<WriteOutcome>> write(WriteOrder order, List<WriteRow> rows) {
      Boolean applied = gate.uncounted(() -> loseAnswerOf);
      if (applied == null) {
        return Optional.of(call(() -> writeAll(order, rows)));
      }
      gate.uncounted(() -> loseAnswerOf = null);
      call(() -> applied ? writeAll(order, rows) : List.of());
      return Optional.empty();
    }

    @Override
    public List<InMemoryWriting.Created> created(Predicate<String> pmiId, Instant since) {
      return call(
          () ->
              records.rows(CrmObject.CONTACT).stream()
                  .filter(row -> !row.deleted() && !row.created().isBefore(since))
                  .filter(row -> pmiId.test(row.text(InMemorySchema.PMI)))
                  .map(
                      row ->
                          new InMemoryWriting.Created(
                              row.text(InMemorySchema.PMI), row.id(), row.creation().byHand()))
                  .toList());
    }
  }

  private List<WriteOutcome> writeAll(WriteOrder order, List<WriteRow> rows) {
    return rows.stream().map(row -> writeRow(order, row)).toList();
  }

  private WriteOutcome writeRow(WriteOrder order, WriteRow row) {
    try {
      if (order.operation() == WriteOrder.Operation.UPDATE) {
        update(order.object(), row.key(), row.values());
        return new WriteOutcome.Written(row.key(), false, false);
      }
      if (order.operation() == WriteOrder.Operation.DELETE) {
        return delete(order.object(), row);
      }
      if (order.operation() == WriteOrder.Operation.RESTORE) {
        return restore(row.key());
      }
      return insert(row, order.operation());
    } catch (RefusedException e) {
      return e.refusal;
    }
  }

  private WriteOutcome delete(CrmObject object, WriteRow row) throws RefusedException {
    refuseIfTold(row.key());
    Row there = records.live(object, row.key());
    refuseIfTold(there.text(InMemorySchema.PMI));
    if (row.untouchedSince() != null && there.modified().isAfter(row.untouchedSince())) {
      throw new RefusedException(WriteOutcome.TOUCHED_SINCE);
    }
    records.delete(row.key());
    return new WriteOutcome.Written(row.key(), false, false);
  }

  /** One that is there already came back by an attempt before. */
  private WriteOutcome restore(String id) throws RefusedException {
    refuseIfTold(id);
    Row row = records.find(id).orElseThrow(() -> new RefusedException("UNDELETE_FAILED"));
    if (row.deleted()) {
      records.undelete(id);
    }
    return new WriteOutcome.Written(id, false, false);
  }

  private WriteOutcome insert(WriteRow insert, WriteOrder.Operation operation)
      throws RefusedException {
    String pmiId = insert.key();
    refuseIfTold(pmiId);
    FieldValues values =
        insert.values().with(FieldValues.of(Map.of(InMemorySchema.PMI, new FieldValue(pmiId))));
    Optional<Row> known =
        operation == WriteOrder.Operation.UPSERT_BY_PMI_ID
            ? records.contactWith(pmiId)
            : Optional.empty();
    Row row =
        known.isPresent()
            ? records.update(
                CrmObject.CONTACT, known.get().id(), records.automated(CrmObject.CONTACT, values))
            : records.insertContact(records.automated(CrmObject.CONTACT, values));
    return new WriteOutcome.Written(row.id(), known.isEmpty(), false);
  }

  private void update(CrmObject object, String id, FieldValues values) throws RefusedException {
    Row row = records.live(object, id);
    refuseIfTold(id);
    refuseIfTold(row.text(InMemorySchema.PMI));
    records.update(object, id, records.automated(object, values));
  }

  private void refuseIfTold(String key) throws RefusedException {
    WriteOutcome once = refusalsOnce.remove(key);
    WriteOutcome refusal = once == null ? refusals.get(key) : once;
    if (refusal != null) {
      throw new RefusedException(refusal);
    }
  }

  /** What the test can do to jobs. */
  public InMemoryJobs jobs() {
    return jobs;
  }

  @Override
  public CrmUsage usage() {
    return gate.uncounted(
        () -> new CrmUsage(gate.count(), Map.of(), quota.dailyUsed(), quota.dailyMax()));
  }

  @Override
  public Duration readTimeout() {
    return Duration.ofSeconds(150);
  }

  /** Lets something happen before each call from now on, as that time passes. */
  public void atEachCall(Runnable happening) {
    gate.uncounted(() -> atEachCall = happening);
  }

  private <T> T call(Supplier<T> answer) {
    return gate.counted(
        () -> {
          atEachCall.run();
          letDueHappen();
          return answer.get();
        });
  }

  // what people do in the org

  @Override
  public Crm crm() {
    return this;
  }

  @Override
  public ContactId createContact(@Nullable String pmiText, FieldValues values) {
    FieldValues pmi =
        FieldValues.of(Map.of(InMemorySchema.PMI, new FieldValue(pmiText == null ? "" : pmiText)));
    return byHand(() -> new ContactId(records.insertContact(values.with(pmi)).id()));
  }

  @Override
  public void editContact(ContactId id, FieldValues values) {
    byHand(() -> records.update(CrmObject.CONTACT, id.value(), values));
  }

  @Override
  public void deleteContact(ContactId id) {
    byHand(
        () -> {
          records.delete(id.value());
          return id;
        });
  }

  @Override
  public void mergeContacts(ContactId survivor, ContactId loser) {
    byHand(
        () -> {
          records.merge(survivor.value(), loser.value());
          return survivor;
        });
  }

  @Override
  public JourneyId createJourney(ContactId contact) {
    return byHand(
        () ->
            new JourneyId(
                records.insertJourney(records.live(CrmObject.CONTACT, contact.value())).id()));
  }

  @Override
  public void editJourney(JourneyId id, FieldValues values) {
    byHand(() -> records.update(CrmObject.JOURNEY, id.value(), values));
  }

  @Override
  public void deleteJourney(JourneyId id) {
    byHand(
        () -> {
          records.delete(id.value());
          return id;
        });
  }

  @Override
  public void passTime(Duration duration) {
    clock.advance(duration);
  }

  @Override
  public void letJourneysAppear() {
    passTime(JOURNEY_DELAY);
  }

  @Override
  public void lockOnce(ContactId id) {
    gate.uncounted(
        () ->
            refusalsOnce.put(
                id.value(), new WriteOutcome.NotWritten("UNABLE_TO_LOCK_ROW", List.of(), true)));
  }

  @Override
  public void loseNextAnswer(boolean applied) {
    gate.uncounted(() -> loseAnswerOf = applied);
  }

  /** No answer is lost any more. */
  public void loseNoAnswer() {
    gate.uncounted(() -> loseAnswerOf = null);
  }

  @Override
  public void changePmiIds(UnaryOperator<String> automation) {
    desk()
        .beforeSave(
            (object, values) ->
                object == CrmObject.CONTACT && values.contains(InMemorySchema.PMI)
                    ? values.with(
                        FieldValues.of(
                            Map.of(
                                InMemorySchema.PMI,
                                new FieldValue(
                                    automation.apply(values.get(InMemorySchema.PMI).text())))))
                    : values);
  }

  @Override
  public Map<String, String> storedContact(ContactId id) {
    return gate.uncounted(
        () ->
            records
                .find(id.value())
                .filter(row -> !row.deleted())
                .map(
                    row ->
                        row.fields().asMap().entrySet().stream()
                            .filter(e -> !e.getValue().isBlank())
                            .collect(
                                Collectors.toMap(
                                    e -> e.getKey().value(), e -> e.getValue().text())))
                .orElse(Map.of()));
  }

  @Override
  public long contactsWith(PmiId pmiId) {
    return gate.uncounted(
        () ->
            records.rows(CrmObject.CONTACT).stream()
                .filter(row -> !row.deleted() && row.text(InMemorySchema.PMI).equals(pmiId.value()))
                .count());
  }

  /** Something that a person does. */
  private interface Deed<T> {
    T doIt() throws RefusedException;
  }

  /** Lets everything happen that is due before the next call. */
  private void letDueHappen() {
    jobs.run();
    records.runFlow();
  }

  private <T> T byHand(Deed<T> deed) {
    return gate.uncounted(
        () -> {
          letDueHappen();
          records.byHand(true);
          try {
            return deed.doIt();
          } catch (RefusedException e) {
            throw new IllegalArgumentException("the org refuses this with " + e.getMessage(), e);
          } finally {
            records.byHand(false);
          }
        });
  }
}
