package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what the planner finds of one participant. Not for whole plans: it holds everything. */
final class CollectingPlanSink implements PlanSink {

  private final List<Change> changes = new ArrayList<>();
  private final List<Anomaly> anomalies = new ArrayList<>();

  @Override
  public long nextSeq() {
    return changes.size() + 1L;
  }

  @Override
  public void add(Change change) {
    changes.add(change);
  }

  @Override
  public void add(Anomaly anomaly) {
    anomalies.add(anomaly);
  }

  @Override
  public void note(
      CrmObject object,
      PmiId pmiId,
      ContactId contactId,
      @Nullable JourneyId journeyId,
      SentValues marks) {
    // the mirror is not touched by an explanation
  }

  List<Change> changes() {
    return changes;
  }

  List<Anomaly> anomalies() {
    return anomalies;
  }
}
