package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what was decided of participants: rows of the plan, anomalies, and counts. */
final class Outcomes {

  private final PlanSink sink;
  private final Tallier tallier;

  Outcomes(PlanSink sink, Tallier tallier) {
    this.sink = sink;
    this.tallier = tallier;
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
      FieldDiff diff) {
    return Change.builder(sink.nextSeq(), object, pmiId, Change.Action.UPDATE)
        .contactId(contactId)
        .journeyId(journeyId)
        .oldValues(diff.oldValues())
        .newValues(diff.newValues())
        .refusedFields(diff.refused())
        .build();
  }

  void noteFields(CrmObject object, PmiId pmiId, FieldDiff diff) {
    noteRefused(object, diff);
    note(AnomalyTable.Kind.NOT_TAKEN_OVER, pmiId, diff.notTakenOver());
    note(AnomalyTable.Kind.CHANGED_BACK, pmiId, diff.changedBack());
  }

  private void note(AnomalyTable.Kind kind, PmiId pmiId, List<FieldName> fields) {
    fields.forEach(field -> sink.add(Anomaly.ofField(kind, pmiId, field)));
  }

  void noteRefused(CrmObject object, FieldDiff diff) {
    diff.refused().forEach(r -> tallier.add(object, PlanTallies.REFUSED_FIELD + r));
  }

  void countBoth(Participant participant, String name) {
    if (participant.contact() != null) {
      tallier.add(CrmObject.CONTACT, name);
    }
    if (participant.journey() != null) {
      tallier.add(CrmObject.JOURNEY, name);
    }
  }

  void rejectBoth(Participant participant, String code) {
    if (participant.contact() != null) {
      reject(CrmObject.CONTACT, participant.pmiId(), code);
    }
    if (participant.journey() != null) {
      reject(CrmObject.JOURNEY, participant.pmiId(), code);
    }
  }

  void reject(CrmObject object, @Nullable PmiId pmiId, String code) {
    tallier.add(object, PlanTallies.REJECTED + code);
    if (pmiId != null) {
      sink.add(
          Change.builder(sink.nextSeq(), object, pmiId, Change.Action.REJECT)
              .state(Change.State.REFUSED)
              .error(code)
              .build());
    }
  }
}
