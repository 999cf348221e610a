package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.FlawTable.Flaw;

/** Takes what the planner finds. */
interface PlanSink {

  /** The position of the next change. */
  long nextSeq();

  void add(Change change);

  void add(Anomaly anomaly);

  void add(Flaw flaw);
}
