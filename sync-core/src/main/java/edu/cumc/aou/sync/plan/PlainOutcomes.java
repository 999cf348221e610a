package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;

/**
 * Looks over the planner's shoulder: whether one participant gave anything at all besides the count
 * of an unchanged record. Whatever a later version may find to say of a participant passes here,
 * and then nothing is remembered of them. Not thread-safe.
 */
final class PlainOutcomes implements PlanSink {

  private final PlanSink sink;
  private final Tallier tallier;
  private boolean somethingSunk;
  private long talliedBefore;

  PlainOutcomes(PlanSink sink, Tallier tallier) {
    this.sink = sink;
    this.tallier = tallier;
  }

  /** Before a participant. */
  void begin() {
    somethingSunk = false;
    talliedBefore = tallier.besidesUnchanged();
  }

  /** After the participant. */
  boolean arePlainlyUnchanged() {
    return !somethingSunk && tallier.besidesUnchanged() == talliedBefore;
  }

  @Override
  public long nextSeq() {
    return sink.nextSeq();
  }

  @Override
  public void add(Change change) {
    somethingSunk = true;
    sink.add(change);
  }

  @Override
  public void add(Anomaly anomaly) {
    somethingSunk = true;
    sink.add(anomaly);
  }
}
