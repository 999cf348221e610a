package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes on what the planner finds, and tells whether one participant gave nothing but an unchanged
 * record and fields that are left alone on any day. Only then is the fingerprint stored. A finding
 * that a later version adds passes here too, and prevents that. Not thread-safe.
 */
final class PlainOutcomes implements PlanSink {

  private final PlanSink sink;
  private final Tallier tallier;
  private boolean somethingSunk;
  private long talliedBefore;
  private final List<Flaw> flaws = new ArrayList<>();

  PlainOutcomes(PlanSink sink, Tallier tallier) {
    this.sink = sink;
    this.tallier = tallier;
  }

  /** Starts a participant. */
  void begin() {
    somethingSunk = false;
    flaws.clear();
    talliedBefore = tallier.besidesUnchanged();
  }

  /** Whether the participant is plainly unchanged; call it at the end of each. */
  boolean arePlainlyUnchanged() {
    return !somethingSunk && tallier.besidesUnchanged() == talliedBefore;
  }

  /** The flaws of the participant. */
  List<Flaw> flaws() {
    return List.copyOf(flaws);
  }

  @Override
  public void add(Flaw flaw) {
    somethingSunk |= ReadValue.isOfTheDay(flaw.code());
    flaws.add(flaw);
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
