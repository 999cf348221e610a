package edu.cumc.aou.mornings.world;

import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.Facts.Row;
import edu.cumc.aou.mornings.judge.Facts.Sent;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.Facts.Tables;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.port.InMemoryCrm;
import edu.cumc.aou.sync.port.InMemoryDesk;
import edu.cumc.aou.sync.port.InMemoryParticipantSource;
import edu.cumc.aou.sync.port.InMemorySyncStore;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import edu.cumc.aou.sync.testing.VirtualClock;
import edu.cumc.aou.sync.testing.VirtualPause;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A site on the ports that live in memory. */
public final class FastSite implements Site {

  private final VirtualClock clock = new VirtualClock();
  private final InMemoryCrm crm;
  private final ShiftedClock storeClock = new ShiftedClock(clock);
  private InMemorySyncStore store = new InMemorySyncStore(storeClock);
  private InMemoryParticipantSource source;
  private @Nullable String rewritten;
  private boolean cleared;
  private BiFunction<CrmObject, FieldValues, FieldValues> tamper = (object, values) -> values;

  public FastSite(boolean uniquePmiField, SourceColumnsOf columns) {
    crm = new InMemoryCrm(clock, uniquePmiField);
    source = new InMemoryParticipantSource(columns.contacts(), columns.journeys());
  }

  @Override
  public VirtualClock clock() {
    return clock;
  }

  @Override
  public RunServices open(SyncSettings settings, SyncListener listener) {
    return new RunServices(source, crm, store, clock, new VirtualPause(clock), listener);
  }

  @Override
  public void leave(RunServices services) {
    // nothing is connected
  }

  @Override
  public void columns(SourceColumnsOf columns) {
    source = new InMemoryParticipantSource(columns.contacts(), columns.journeys());
  }

  @Override
  public void rebind() {
    List<PmiId> forgotten =
        StoreNames.of(store).stream()
            .filter(n -> n.where().equals("HOLD") && n.reason().equals("FORGOTTEN"))
            .map(n -> new PmiId(n.pmi()))
            .toList();
    store = new InMemorySyncStore(storeClock);
    if (!forgotten.isEmpty()) {
      store.personalData().forget(forgotten, clock.instant());
    }
  }

  @Override
  public String staff() {
    return InMemoryCrm.OWNER;
  }

  @Override
  public void load(Source load) {
    source.load(SourceRelation.CONTACTS, raw(load.contacts()));
    source.load(SourceRelation.JOURNEYS, raw(load.journeys()));
  }

  private static List<RawRow> raw(List<Row> rows) {
    return rows.stream().map(r -> new RawRow(r.key(), r.values())).toList();
  }

  @Override
  public Org org() {
    return new Org(records(CrmObject.CONTACT), records(CrmObject.JOURNEY));
  }

  private Map<String, Rec> records(CrmObject object) {
    Map<String, Rec> records = new LinkedHashMap<>();
    for (InMemoryDesk.Stored r : crm.desk().records(object)) {
      records.put(r.id(), new Rec(r.id(), r.fields(), r.deleted(), r.mergedInto()));
    }
    return records;
  }

  @Override
  public Tables tables() {
    Set<String> relationship = new HashSet<>();
    store
        .relationships()
        .forEach(
            r ->
                relationship.add(
                    r.contactId()
                        + " "
                        + r.pmiId()
                        + (r.journeyId() == null ? "" : " " + r.journeyId())));
    return new Tables(Set.copyOf(store.idRows()), relationship);
  }

  @Override
  public List<Name> names() {
    List<Name> names = StoreNames.of(store);
    store
        .openAnomalies()
        .forEach(
            a -> {
              String pmi = a.subject().substring(0, Math.min(10, a.subject().length()));
              String rest = a.subject().substring(pmi.length());
              names.add(new Name(pmi, "ANOMALY", a.kind().name() + rest));
            });
    return names;
  }

  @Override
  public List<Sent> sent(RunId run) {
    return StoreNames.sent(store, run);
  }

  @Override
  public String createContact(@Nullable String pmiText, Map<String, String> fields) {
    return crm.createContact(pmiText, values(fields)).value();
  }

  @Override
  public String createJourney(String contactId) {
    return crm.createJourney(new ContactId(contactId)).value();
  }

  @Override
  public void edit(String id, Map<String, String> fields) {
    if (id.startsWith("003")) {
      crm.editContact(new ContactId(id), values(fields));
    } else {
      crm.editJourney(new JourneyId(id), values(fields));
    }
  }

  private static FieldValues values(Map<String, String> fields) {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    fields.forEach((f, v) -> values.put(new FieldName(f), new FieldValue(v)));
    return FieldValues.of(values);
  }

  @Override
  public void delete(String id) {
    if (id.startsWith("003")) {
      crm.deleteContact(new ContactId(id));
    } else {
      crm.deleteJourney(new JourneyId(id));
    }
  }

  @Override
  public void undelete(String id) {
    crm.desk().undelete(id);
  }

  @Override
  public void erase(String id) {
    crm.desk().erase(id);
  }

  @Override
  public void merge(String survivor, String loser) {
    crm.mergeContacts(new ContactId(survivor), new ContactId(loser));
  }

  @Override
  public void refuse(String pmi, String code) {
    crm.refuse(new PmiId(pmi), code, "LastName");
  }

  @Override
  public void accept(String pmi) {
    crm.accept(new PmiId(pmi));
  }

  @Override
  public void journeysOfNew(int number) {
    crm.desk().journeysOfNew(() -> number);
  }

  @Override
  public void rewrite(@Nullable String field) {
    rewritten = field;
    cleared = false;
    crm.desk().beforeSave((object, values) -> saved(object, tamper.apply(object, values)));
  }

  @Override
  public void clear(String field) {
    rewrite(field);
    cleared = true;
  }

  @Override
  public void tamper(BiFunction<CrmObject, FieldValues, FieldValues> other) {
    tamper = other;
    rewrite(rewritten);
  }

  private FieldValues saved(CrmObject object, FieldValues values) {
    if (object != CrmObject.CONTACT
        || rewritten == null
        || !values.contains(new FieldName(rewritten))) {
      return values;
    }
    String text = values.get(new FieldName(rewritten)).text();
    String made =
        cleared
            ? ""
            : rewritten.equals("HP_PMI_ID__c")
                ? text.substring(Math.min(1, text.length()))
                : text.toUpperCase(Locale.ROOT);
    return values.with(
        cleared && rewritten.equals("HP_PMI_ID__c")
            ? values(Map.of(rewritten, made, OTHER_FIELD, text))
            : values(Map.of(rewritten, made)));
  }

  @Override
  public void databaseClock(Duration by) {
    storeClock.shift(by);
  }

  @Override
  public void endRun() {
    // what was not lost by now was meant to be lost in this run
    crm.loseNoAnswer();
  }

  @Override
  public void loseNextAnswer(boolean applied) {
    crm.loseNextAnswer(applied);
  }

  @Override
  public void lockOnce(String contactId) {
    crm.lockOnce(new ContactId(contactId));
  }

  @Override
  public void close() {
    store.close();
  }
}
