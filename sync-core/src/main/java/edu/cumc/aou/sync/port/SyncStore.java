package edu.cumc.aou.sync.port;

import java.time.Duration;

/**
 * The sync's own tables. Its contract is {@code SyncStoreContract}. Every method is one unit of
 * work: it happened as a whole or not at all. Thread-safe, except for cursors and refreshes.
 * Whoever built it closes it.
 *
 * <p>Methods throw {@link edu.cumc.aou.sync.model.SyncException}: CONFIG for missing or outdated
 * tables, AUTH, UNAVAILABLE.
 */
public interface SyncStore extends AutoCloseable {

  /**
   * Checks that the tables are there in the version that this program needs; CONFIG, naming {@code
   * aou-sync init}, if not.
   */
  void verify();

  /**
   * Writes a row and removes it again, in one unit of work that nobody else sees: whether there is
   * room, and this login may.
   */
  void probe();

  LeaseTable lease();

  /**
   * The same store for the holder of a lease: each unit of work that writes proves, in its own
   * transaction, that the lease is still the holder's, and renews it. What another run has taken
   * over in the meantime cannot be written to any more: ALREADY_RUNNING then, and nothing of that
   * unit of work has happened. Rows that gather for a later merge belong to the lease, so that two
   * runs never see each other's. Closing it leaves this store open.
   *
   * @param token of the lease
   * @param duration by how much each write extends it
   */
  SyncStore under(long token, Duration duration);

  RunTable runs();

  OrgTable org();

  MatchTable matches();

  MirrorTable mirror();

  ChangeTable changes();

  JobTable jobs();

  HoldTable holds();

  AnomalyTable anomalies();

  FlawTable flaws();

  DecisionTable decisions();

  AttemptTable attempts();

  AuditTable audit();

  IdTables ids();

  PersonalData personalData();

  @Override
  void close();
}
