package edu.cumc.aou.mornings.world;

import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.Facts.Row;
import edu.cumc.aou.mornings.judge.Facts.Sent;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.plan.Planner;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.InMemoryCrm;
import edu.cumc.aou.sync.port.InMemoryParticipantSource;
import edu.cumc.aou.sync.port.InMemorySyncStore;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Refresh;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.run.PlanStage;
import edu.cumc.aou.sync.run.Preparation;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import edu.cumc.aou.sync.testing.VirtualClock;
import edu.cumc.aou.sync.testing.VirtualPause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The planner, and what it needs to be asked: no org, and no run. */
public final class PlannerOnly {

  private static final String PMI = "HP_PMI_ID__c";
  private static final String CONTACT = "Contact__c";

  private final VirtualClock clock = new VirtualClock();
  private final InMemoryCrm crm = new InMemoryCrm(clock, true);
  private final InMemoryParticipantSource source;
  private final SyncSettings settings;
  private final Preparation preparation;
  private final String fingerprint;

  public PlannerOnly(SourceColumnsOf columns, SyncSettings settings) {
    this.source = new InMemoryParticipantSource(columns.contacts(), columns.journeys());
    this.settings = settings;
    this.preparation = Preparation.of(services(new InMemorySyncStore(clock)), settings);
    this.fingerprint = preparation.mapping().fingerprint();
  }

  /**
   * A record that the plan writes.
   *
   * @param id empty text for a new Contact, or for a journey that is still to come
   */
  public record Write(boolean contact, String pmi, String id, Map<String, String> values) {}

  /** A plan: what it writes, and who is named in it. */
  public record Planned(List<Write> writes, List<Name> names) {

    /** What is planned, without values. */
    public String words() {
      return writes.stream()
          .map(w -> (w.contact() ? "Contact" : "journey") + w.values().keySet())
          .toList()
          .toString();
    }
  }

  private RunServices services(InMemorySyncStore store) {
    return new RunServices(source, crm, store, clock, new VirtualPause(clock), SyncListener.NONE);
  }

  /** Plans once, for a mirror that shows these records. */
  public Planned plan(Org mirror, Source load) {
    source.load(SourceRelation.CONTACTS, raw(load.contacts()));
    source.load(SourceRelation.JOURNEYS, raw(load.journeys()));
    try (InMemorySyncStore store = new InMemorySyncStore(clock)) {
      fill(store, mirror);
      RunServices services = services(store);
      RunId run =
          store.runs().create(RunMode.SYNC, preparation.org().id(), fingerprint, clock.instant());
      try (Cursor<SourceEntry> entries = source.read(preparation.query())) {
        new Planner(
                store,
                preparation.mapping(),
                PlanStage.policy(services, settings),
                PlanStage.adoption(services, settings))
            .plan(run, entries, done -> {});
      }
      store.runs().finish(run, RunState.DONE, clock.instant());
      List<Write> writes = new ArrayList<>();
      for (Sent sent : StoreNames.sent(store, run)) {
        writes.add(new Write(sent.contact(), sent.pmi(), sent.recordId(), sent.values()));
      }
      List<Name> names = StoreNames.of(store);
      store
          .openAnomalies()
          .forEach(a -> names.add(new Name(a.subject().substring(0, 10), "ANOMALY", kind(a))));
      return new Planned(writes, names);
    }
  }

  private static String kind(edu.cumc.aou.sync.port.AnomalyTable.Anomaly anomaly) {
    return anomaly.kind().name() + anomaly.subject().substring(10);
  }

  private static List<RawRow> raw(List<Row> rows) {
    return rows.stream().map(r -> new RawRow(r.key(), r.values())).toList();
  }

  private void fill(InMemorySyncStore store, Org mirror) {
    try (Refresh refresh = store.mirror().begin(RefreshKind.FULL)) {
      for (Rec rec : mirror.contacts().values()) {
        Optional<PmiId> pmi = PmiId.tryParse(rec.fields().getOrDefault(PMI, ""));
        refresh.add(
            new Contact(
                new ContactId(rec.id()),
                pmi.orElse(null),
                pmi.isPresent(),
                values(rec),
                clock.instant(),
                InMemoryCrm.OWNER,
                true,
                rec.deleted(),
                null));
      }
      for (Rec rec : mirror.journeys().values()) {
        String contact = rec.fields().get(CONTACT);
        refresh.add(
            new Journey(
                new JourneyId(rec.id()),
                contact == null ? null : new ContactId(contact),
                values(rec),
                clock.instant(),
                InMemoryCrm.OWNER,
                true,
                rec.deleted()));
      }
      refresh.commit(new MirrorState(clock.instant(), clock.instant(), fingerprint));
    }
  }

  private static FieldValues values(Rec rec) {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    rec.fields()
        .forEach(
            (field, text) -> {
              if (!field.equals(PMI) && !field.equals(CONTACT)) {
                values.put(new FieldName(field), new FieldValue(text));
              }
            });
    return FieldValues.of(values);
  }
}
