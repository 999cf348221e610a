package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks over the planner's shoulder: whether one participant gave anything at all besides the count
 * of an unchanged record, and fields that are left alone whatever the day. Whatever a later version
 * may find to say of a participant passes here, and then nothing is remembered of them. Not
 * thread-safe.
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

  /** Before a participant. */
  void begin() {
    somethingSunk = false;
    flaws.clear();
    talliedBefore = tallier.besidesUnchanged();
  }

  /** After the participant. */
  boolean arePlainlyUnchanged() {
    return !somethingSunk && tallier.besidesUnchanged() == talliedBefore;
  }

  /** What was found amiss of the participant. */
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
