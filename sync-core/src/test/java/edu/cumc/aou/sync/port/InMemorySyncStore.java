package edu.cumc.aou.sync.port;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A store that lives in memory, for tests: it passes {@link SyncStoreContract}. Closing it keeps
 * what it holds, so that a test can let one run die and start the next one on the same store.
 * Thread-safe.
 */
public final class InMemorySyncStore implements SyncStore {

  private final CallGate gate = new CallGate();
  private final InMemoryLeaseTable lease;
  private final InMemoryAuditTable audit;
  private final InMemoryMirrorTable mirror;
  private final InMemoryChangeTable changes;
  private final InMemoryJobTable jobs = new InMemoryJobTable(gate);
  private final InMemoryDecisionTable decisions;
  private final InMemoryFlawTable flaws;
  private final InMemoryHoldTable holds;
  private final InMemoryRunTable runs;
  private final InMemoryAnomalyTable anomalies;
  private final InMemoryMatchTable matches = new InMemoryMatchTable(gate);
  private final InMemoryOrgTable org = new InMemoryOrgTable(gate);
  private final InMemoryAttemptTable attempts = new InMemoryAttemptTable(gate);
  private final InMemoryIdTables ids;
  private final InMemoryPersonalData personalData;

  /** An empty store. Its leases expire by this clock. */
  public InMemorySyncStore(Clock clock) {
    lease = new InMemoryLeaseTable(gate, clock);
    audit = new InMemoryAuditTable(gate, clock);
    decisions = new InMemoryDecisionTable(gate, audit);
    mirror = new InMemoryMirrorTable(gate, decisions);
    ids = new InMemoryIdTables(gate, mirror);
    changes = new InMemoryChangeTable(gate, mirror, audit);
    audit.over(changes);
    flaws = new InMemoryFlawTable(gate, decisions);
    holds = new InMemoryHoldTable(gate, mirror, decisions, audit);
    runs = new InMemoryRunTable(gate, jobs, holds, audit, org, matches);
    anomalies = new InMemoryAnomalyTable(gate, changes, decisions, mirror, holds);
    personalData =
        new InMemoryPersonalData(
            gate, changes, anomalies, mirror, holds, flaws, decisions, audit, matches);
  }

  /** How many calls that change something were made so far, failed ones included. */
  public long mutations() {
    return gate.count();
  }

  /**
   * Lets the n-th call from now that changes something (1 is the next one) throw, before it has any
   * effect; a refresh counts when it is committed. Happens once.
   */
  public void failBefore(long nth, Supplier<? extends Throwable> throwable) {
    gate.failAt(nth, false, throwable);
  }

  /** Likewise, after the call has had its effect: the caller never learns that it worked. */
  public void failAfter(long nth, Supplier<? extends Throwable> throwable) {
    gate.failAt(nth, true, throwable);
  }

  /**
   * From now on nobody is known to be unchanged before they were compared: each run compares
   * everybody field by field.
   */
  public void rememberNoFingerprint() {
    gate.uncounted(
        () -> {
          mirror.rememberNoFingerprint();
          return true;
        });
  }

  /** The rows of {@code Relationship}. */
  public List<StoreContractPart.RelationshipRow> relationships() {
    return ids.relationships();
  }

  /** The rows of {@code Contact_PMI} and {@code Contact_Journey}, each as {@code id id}. */
  public List<String> idRows() {
    return ids.idRows();
  }

  /** The anomalies that are open, with their subjects. */
  public List<AnomalyTable.Anomaly> openAnomalies() {
    return anomalies.open();
  }

  @Override
  public void verify() {
    // there are no tables that could be missing
  }

  @Override
  public void probe() {
    // there is always room, and nobody else
  }

  @Override
  public LeaseTable lease() {
    return lease;
  }

  @Override
  public SyncStore under(long token, Duration duration) {
    return new InMemoryHeldStore(this, gate, () -> lease.prove(token, duration));
  }

  @Override
  public RunTable runs() {
    return runs;
  }

  @Override
  public MirrorTable mirror() {
    return mirror;
  }

  @Override
  public ChangeTable changes() {
    return changes;
  }

  @Override
  public JobTable jobs() {
    return jobs;
  }

  @Override
  public HoldTable holds() {
    return holds;
  }

  @Override
  public AnomalyTable anomalies() {
    return anomalies;
  }

  @Override
  public FlawTable flaws() {
    return flaws;
  }

  @Override
  public DecisionTable decisions() {
    return decisions;
  }

  @Override
  public InMemoryAuditTable audit() {
    return audit;
  }

  @Override
  public MatchTable matches() {
    return matches;
  }

  @Override
  public OrgTable org() {
    return org;
  }

  @Override
  public AttemptTable attempts() {
    return attempts;
  }

  @Override
  public IdTables ids() {
    return ids;
  }

  @Override
  public PersonalData personalData() {
    return personalData;
  }

  @Override
  public void close() {
    // what it holds stays for the next run
  }
}
