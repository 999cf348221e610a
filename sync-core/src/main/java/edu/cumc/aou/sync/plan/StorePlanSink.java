package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the planner finds to the store, some hundred at a time, so that memory never holds a
 * whole plan. Not thread-safe.
 */
final class StorePlanSink implements PlanSink {

  private static final int BATCH = 500;

  /** Stores this many changes at once, because the database writes whole pages each time. */
  private static final int CHANGES = 2_000;

  private final SyncStore store;
  private final RunId run;
  private final UnaryOperator<List<Change>> completion;
  private final List<Change> changes = new ArrayList<>(CHANGES);
  private final List<Anomaly> anomalies = new ArrayList<>();
  private long lastSeq;

  /**
   * For one run.
   *
   * @param completion completes changes before they are stored; must keep their number and order
   */
  StorePlanSink(SyncStore store, RunId run, UnaryOperator<List<Change>> completion) {
    this.store = store;
    this.run = run;
    this.completion = completion;
  }

  @Override
  public long nextSeq() {
    return ++lastSeq;
  }

  @Override
  public void add(Change change) {
    changes.add(change);
    if (changes.size() >= CHANGES) {
      flushChanges();
    }
  }

  @Override
  public void add(Anomaly anomaly) {
    anomalies.add(anomaly);
    if (anomalies.size() >= BATCH) {
      flushAnomalies();
    }
  }

  @Override
  public void add(Flaw flaw) {
    throw new IllegalStateException("what is amiss of a participant is compared as a whole");
  }

  /**
   * Writes the rest to the store.
   *
   * @param everybodyOn the day, if the plan was about everybody, so that anomalies not seen are
   *     gone; null if not
   */
  void close(@Nullable LocalDate everybodyOn) {
    flushChanges();
    flushAnomalies();
    if (everybodyOn != null) {
      store.anomalies().look(run);
      store.anomalies().closeUnseen(run, everybodyOn);
    }
  }

  /** Takes back stored changes because our own rules refuse them. */
  void refuse(List<Long> seqs, String code) {
    for (int from = 0; from < seqs.size(); from += BATCH) {
      store
          .changes()
          .settle(
              run,
              seqs.subList(from, Math.min(from + BATCH, seqs.size())).stream()
                  .map(
                      seq -> new Settlement(seq, Change.State.REFUSED, null, null, code, List.of()))
                  .toList());
    }
  }

  /** Removes stored changes from the plan. */
  void remove(List<Long> seqs) {
    for (long seq : seqs) {
      long unused = store.changes().remove(run, seq - 1, seq);
    }
  }

  private void flushChanges() {
    if (!changes.isEmpty()) {
      store.changes().append(run, completion.apply(List.copyOf(changes)));
      changes.clear();
    }
  }

  private void flushAnomalies() {
    if (!anomalies.isEmpty()) {
      store.anomalies().seen(run, List.copyOf(anomalies));
      anomalies.clear();
    }
  }
}
