package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what the planner finds about one participant. Not for whole plans: it holds everything in
 * memory.
 */
final class CollectingPlanSink implements PlanSink {

  private final List<Change> changes = new ArrayList<>();
  private final List<Anomaly> anomalies = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();

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
  public void add(Flaw flaw) {
    flaws.add(flaw);
  }

  List<Change> changes() {
    return changes;
  }

  List<Anomaly> anomalies() {
    return anomalies;
  }

  List<Flaw> flaws() {
    return flaws;
  }
}
