package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.plan.Planner;
import edu.cumc.aou.sync.plan.Planner.PlanPolicy;
import edu.cumc.aou.sync.plan.Planner.PlannedOne;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.MirrorTable.AlteredRecord;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.SourceEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields that an automation changed while the run wrote, although the run did not send them.
 * It asks the source about the few participants concerned: a field counts if the next plan would
 * send it. What another user changed is an edit, and the next plan decides about it.
 */
final class AlteredFields {

  private static final int PAGE = 500;

  /** So many participants are read one by one; for more, the source is read once. */
  private static final int FEW = 20;

  /** A run has at most one row for each participant and object, and plans lie between runs. */
  private static final int LAST_ROWS = 10;

  private final RunContext context;
  private final MirrorTable mirror;
  private final OthersChanges others;
  private final PlanPolicy policy;
  private final List<Anomaly> anomalies = new ArrayList<>();

  /** {@code since}: by Salesforce's clock, the moment as of which the run was planned. */
  AlteredFields(RunContext context, Instant since) {
    this.context = context;
    this.mirror = context.store().mirror();
    this.others = new OthersChanges(context, since);
    this.policy = PlanStage.policy(context.services(), context.settings());
  }

  /** Reports such fields as NOT_TAKEN_OVER, and forgets what was noted for the run. */
  void report() {
    Map<PmiId, Map<String, Set<FieldName>>> altered = altered();
    if (!altered.isEmpty()) {
      if (altered.size() <= FEW) {
        compare(altered.keySet().stream().flatMap(p -> find(p).stream()).toList(), altered);
      } else {
        readSource(altered);
      }
    }
    mirror.forgetAltered();
  }

  private Optional<SourceEntry> find(PmiId pmiId) {
    context.lease().keep();
    return context.services().source().find(context.preparation().query(), pmiId);
  }

  private void readSource(Map<PmiId, Map<String, Set<FieldName>>> altered) {
    List<SourceEntry> page = new ArrayList<>();
    try (Cursor<SourceEntry> source =
        context.services().source().read(context.preparation().query())) {
      for (long read = 0; source.hasNext(); read++) {
        if (read % PAGE == 0) {
          context.lease().keep();
        }
        SourceEntry entry = source.next();
        if (entry instanceof SourceEntry.Found found
            && altered.containsKey(found.participant().pmiId())) {
          page.add(entry);
        }
        if (page.size() >= PAGE) {
          compare(page, altered);
          page.clear();
        }
      }
      compare(page, altered);
    }
  }

  /** The mapped fields that show something else now, by participant and record. */
  private Map<PmiId, Map<String, Set<FieldName>>> altered() {
    Map<PmiId, Map<String, Set<FieldName>>> altered = new TreeMap<>();
    for (CrmObject object : CrmObject.values()) {
      String after = "";
      List<AlteredRecord> page;
      do {
        context.lease().keep();
        page = mirror.altered(context.run(), object, after, PAGE);
        Map<PmiId, MirrorEntry> shown = new HashMap<>();
        mirror
            .findShown(page.stream().map(AlteredRecord::pmiId).distinct().toList())
            .forEach(entry -> shown.put(entry.pmiId(), entry));
        for (AlteredRecord record : page) {
          after = record.id();
          Set<FieldName> fields = fields(object, record, shown.get(record.pmiId()));
          if (!fields.isEmpty() && !others.mayBe(object, record.id())) {
            altered.computeIfAbsent(record.pmiId(), p -> new HashMap<>()).put(record.id(), fields);
          }
        }
      } while (page.size() == PAGE);
    }
    return altered;
  }

  private Set<FieldName> fields(
      CrmObject object, AlteredRecord record, @Nullable MirrorEntry entry) {
    List<BoundField> mapped =
        object == CrmObject.CONTACT ? context.mapping().contact() : context.mapping().journey();
    Set<FieldName> fields = new HashSet<>();
    shown(object, record.id(), entry)
        .ifPresent(
            now ->
                mapped.stream()
                    .filter(
                        f ->
                            !f.seen(record.before().get(f.name()))
                                .equals(f.seen(now.get(f.name()))))
                    .forEach(f -> fields.add(f.name())));
    return fields;
  }

  private static Optional<FieldValues> shown(
      CrmObject object, String id, @Nullable MirrorEntry entry) {
    Stream<MirroredContact> live = entry == null ? Stream.empty() : entry.live().stream();
    return object == CrmObject.CONTACT
        ? live.filter(c -> c.id().value().equals(id)).map(MirroredContact::fields).findFirst()
        : live.flatMap(c -> c.journeys().stream())
            .filter(j -> j.id().value().equals(id))
            .map(j -> j.fields())
            .findFirst();
  }

  private void compare(List<SourceEntry> page, Map<PmiId, Map<String, Set<FieldName>>> altered) {
    Map<PmiId, SourceEntry> said = new TreeMap<>();
    for (SourceEntry entry : page) {
      if (entry instanceof SourceEntry.Found found) {
        said.put(found.participant().pmiId(), entry);
      }
    }
    for (MirrorEntry entry : mirror.find(said.keySet())) {
      PmiId pmiId = entry.pmiId();
      SourceEntry source = said.get(pmiId);
      Map<String, Set<FieldName>> records = altered.get(pmiId);
      // Between several Contacts a person decides, and without one there is nothing to compare.
      if (source != null && records != null && entry.live().size() == 1) {
        compare(pmiId, source, entry, records);
      }
    }
    context.store().anomalies().seen(context.run(), List.copyOf(anomalies));
    anomalies.clear();
  }

  private void compare(
      PmiId pmiId, SourceEntry source, MirrorEntry entry, Map<String, Set<FieldName>> records) {
    PlannedOne next =
        Planner.planOne(
            context.mapping(),
            policy,
            PlanStage.adoption(context.services(), context.settings()),
            source,
            entry,
            context.store().holds().find(pmiId).orElse(null));
    next.anomalies().stream()
        .filter(a -> ReadBack.OF_A_VALUE.contains(a.kind()))
        .filter(
            a ->
                records.values().stream()
                    .anyMatch(fields -> fields.stream().anyMatch(f -> f.value().equals(a.field()))))
        .forEach(anomalies::add);
    for (Change change : next.changes()) {
      Set<FieldName> fields = records.get(idOf(change));
      if (change.action() == Change.Action.UPDATE && fields != null && !isOpen(change)) {
        change.newValues().asMap().keySet().stream()
            .filter(fields::contains)
            .forEach(
                field ->
                    anomalies.add(Anomaly.ofField(AnomalyTable.Kind.NOT_TAKEN_OVER, pmiId, field)));
      }
    }
  }

  private static @Nullable String idOf(Change change) {
    if (change.object() == CrmObject.JOURNEY) {
      return change.journeyId() == null ? null : change.journeyId().value();
    }
    return change.contactId() == null ? null : change.contactId().value();
  }

  /** Whether the run could not write the record: then the failure says so. */
  private boolean isOpen(Change next) {
    return context.changes().history(next.pmiId(), LAST_ROWS).stream()
        .filter(row -> row.run().equals(context.run()))
        .map(row -> row.change())
        .anyMatch(row -> row.object() == next.object() && row.state() != Change.State.DONE);
  }
}
