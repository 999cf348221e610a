package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.mapping.ValueHash;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SourceHash;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records the decisions about participants: rows of the plan, anomalies, and counts. */
final class Outcomes {

  /** A marriage changes one of these, a correction one. */
  private static final Set<FieldName> IDENTITY =
      Set.of(new FieldName("FirstName"), new FieldName("LastName"), new FieldName("Birthdate"));

  private final PlanSink sink;
  private final Tallier tallier;
  private final BoundMapping mapping;

  Outcomes(PlanSink sink, Tallier tallier, BoundMapping mapping) {
    this.sink = sink;
    this.tallier = tallier;
    this.mapping = mapping;
  }

  long nextSeq() {
    return sink.nextSeq();
  }

  void add(Change change) {
    sink.add(change);
  }

  void add(Anomaly anomaly) {
    sink.add(anomaly);
  }

  void count(CrmObject object, String outcome) {
    tallier.add(object, outcome);
  }

  Change create(PmiId pmiId, Change.Action action, @Nullable ContactId contact, FieldDiff diff) {
    return Change.builder(sink.nextSeq(), CrmObject.CONTACT, pmiId, action)
        .contactId(contact)
        .newValues(diff.newValues())
        .refusedFields(diff.refused())
        .build();
  }

  Change update(
      CrmObject object,
      PmiId pmiId,
      ContactId contactId,
      @Nullable JourneyId journeyId,
      FieldDiff diff,
      SentValues sent) {
    countFields(object, diff, sent);
    return Change.builder(sink.nextSeq(), object, pmiId, Change.Action.UPDATE)
        .contactId(contactId)
        .journeyId(journeyId)
        .oldValues(diff.oldValues())
        .newValues(diff.newValues())
        .refusedFields(diff.refused())
        .build();
  }

  /**
   * Counts what the source changes. What staff changed in Salesforce says nothing about it, and a
   * record to which the sync has not written yet gets all of its values at once.
   */
  private void countFields(CrmObject object, FieldDiff diff, SentValues sent) {
    int identity = 0;
    for (Map.Entry<FieldName, FieldValue> entry : diff.newValues().asMap().entrySet()) {
      FieldName field = entry.getKey();
      FieldValue wanted = entry.getValue();
      FieldValue old = diff.oldValues().get(field);
      if (wanted.isBlank()) {
        tallier.add(object, PlanTallies.CLEARED_FIELD + field);
      } else if (!wasSent(wanted, field, sent)) {
        if (!old.isBlank()) {
          tallier.add(object, PlanTallies.CHANGED_FIELD + field);
        } else if (!sent.equals(SentValues.none())) {
          tallier.add(object, PlanTallies.FILLED_FIELD + field);
        }
        if (IDENTITY.contains(field)
            && !old.isBlank()
            && !old.text().equalsIgnoreCase(wanted.text())) {
          identity++;
        }
      }
    }
    if (object == CrmObject.CONTACT && identity > 1) {
      tallier.add(object, PlanTallies.OTHER_PERSON);
    }
  }

  /** Whether the source still says what the sync sent last. */
  private static boolean wasSent(FieldValue wanted, FieldName field, SentValues sent) {
    return sent.mark(field).filter(mark -> mark.sent().equals(ValueHash.of(wanted))).isPresent();
  }

  void noteFields(CrmObject object, PmiId pmiId, SourceRow row, FieldDiff diff) {
    noteRefused(object, pmiId, row, diff.refused());
    note(AnomalyTable.Kind.NOT_TAKEN_OVER, pmiId, diff.notTakenOver());
    note(AnomalyTable.Kind.CHANGED_BACK, pmiId, diff.changedBack());
  }

  private void note(AnomalyTable.Kind kind, PmiId pmiId, List<FieldName> fields) {
    fields.forEach(field -> sink.add(Anomaly.ofField(kind, pmiId, field)));
  }

  void noteRefused(CrmObject object, PmiId pmiId, SourceRow row, List<String> refusals) {
    List<BoundField> fields = object == CrmObject.CONTACT ? mapping.contact() : mapping.journey();
    for (String refused : refusals) {
      tallier.add(object, PlanTallies.REFUSED_FIELD + refused);
      String field = refused.substring(0, refused.lastIndexOf(':'));
      List<String> cells =
          fields.stream()
              .filter(f -> f.name().value().equals(field))
              .flatMap(f -> f.columns().stream())
              .map(column -> Cells.plain().line(row, column))
              .toList();
      sink.add(
          Flaw.ofField(pmiId, object, refused, SourceHash.of(cells), String.join(" / ", cells)));
    }
  }

  void countBoth(Participant participant, String name) {
    if (participant.contact() != null) {
      tallier.add(CrmObject.CONTACT, name);
    }
    if (participant.journey() != null) {
      tallier.add(CrmObject.JOURNEY, name);
    }
  }

  /** For a participant who has a Contact. */
  void countRows(Participant participant) {
    tallier.addRows(participant);
  }

  /** For a participant who is to have a Contact. */
  void countNewRows(Participant participant) {
    countBoth(participant, PlanTallies.NEW_ROW);
  }

  void rejectBoth(Participant participant, String code) {
    List<SourceRow> rows =
        Stream.of(participant.contact(), participant.journey())
            .flatMap(Stream::ofNullable)
            .toList();
    if (participant.contact() != null) {
      reject(CrmObject.CONTACT, participant.pmiId(), code, SourceHash.ofRows(rows));
    }
    if (participant.journey() != null) {
      reject(CrmObject.JOURNEY, participant.pmiId(), code, SourceHash.ofRows(rows));
    }
  }

  /** Holds a participant with a withdrawal that does not reach Salesforce, and reports it. */
  void holdWithdrawal(Participant participant, String reason) {
    PmiId pmiId = participant.pmiId();
    String code = PlanTallies.unsentWithdrawal(reason);
    countBoth(participant, PlanTallies.HELD + code);
    sink.add(
        Change.builder(sink.nextSeq(), CrmObject.JOURNEY, pmiId, Change.Action.REJECT)
            .state(Change.State.REFUSED)
            .error(code)
            .build());
    if (reason.equals(PlanTallies.MISSING_JOURNEY)) {
      sink.add(new Anomaly(AnomalyTable.Kind.MISSING_JOURNEY, pmiId.value()));
    } else if (reason.equals(PlanTallies.SEVERAL_JOURNEYS)) {
      sink.add(new Anomaly(AnomalyTable.Kind.SEVERAL_JOURNEYS, pmiId.value()));
    }
  }

  /**
   * Rejects a record if our own rules fail on one of its values, because then nothing of it is
   * sent; says whether they do.
   */
  boolean rejectUnreadable(CrmObject object, PmiId pmiId, SourceRow row, FieldDiff diff) {
    Optional<FieldName> field = diff.unreadable();
    field.ifPresent(
        f ->
            reject(object, pmiId, ReadValue.UNREADABLE + ":" + f, SourceHash.ofRows(List.of(row))));
    return field.isPresent();
  }

  /** {@code hash} covers what the source says in the rejected rows. */
  void reject(CrmObject object, @Nullable PmiId pmiId, String code, String hash) {
    tallier.add(object, PlanTallies.REJECTED + code);
    if (pmiId != null) {
      sink.add(
          Change.builder(sink.nextSeq(), object, pmiId, Change.Action.REJECT)
              .state(Change.State.REFUSED)
              .error(code)
              .build());
      sink.add(Flaw.ofRow(pmiId, object, code, hash));
    }
  }
}
