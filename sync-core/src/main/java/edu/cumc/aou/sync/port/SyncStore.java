package edu.cumc.aou.sync.port;

import java.time.Duration;

/**
 * The sync's own tables. Its contract is {@code SyncStoreContract}. Every method is one unit of
 * work: it happens as a whole or not at all. Thread-safe, except for cursors and refreshes. The
 * caller that built it closes it.
 *
 * <p>Methods throw {@link edu.cumc.aou.sync.model.SyncException}: CONFIG for missing or outdated
 * tables, AUTH, UNAVAILABLE.
 */
public interface SyncStore extends AutoCloseable {

  /**
   * Checks that the tables have the version that this program needs; if not, throws CONFIG and
   * names {@code aou-sync init}.
   */
  void verify();

  /**
   * Writes a row and removes it again, in one unit of work that others do not see. This shows
   * whether there is room, and whether this login may write.
   */
  void probe();

  LeaseTable lease();

  /**
   * The same store for the holder of a lease. Each writing unit of work proves, in its own
   * transaction, that the lease is still the holder's, and renews it. If another run has taken the
   * lease over, it throws ALREADY_RUNNING and changes nothing. Rows that wait for a later merge
   * belong to the lease, so that two runs never see each other's. Closing it leaves this store
   * open.
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
