package edu.cumc.aou.sync.port;

/**
 * The sync's own tables. Its contract is {@code SyncStoreContract}. Every method is one unit of
 * work: it happened as a whole or not at all. Thread-safe, except for cursors and refreshes.
 * Whoever built it closes it.
 *
 * <p>Methods throw {@link edu.cumc.aou.sync.SyncException}: CONFIG for missing or outdated tables,
 * AUTH, UNAVAILABLE.
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

  RunTable runs();

  MirrorTable mirror();

  ChangeTable changes();

  JobTable jobs();

  HoldTable holds();

  AnomalyTable anomalies();

  IdTables ids();

  PersonalData personalData();

  @Override
  void close();
}
