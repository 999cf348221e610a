package edu.cumc.aou.db.store;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.adapter.DatabaseFaults;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AttemptTable;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.ChangeTable;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.FlawTable;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.IdTables;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.port.LeaseTable;
import edu.cumc.aou.sync.port.MatchTable;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.OrgTable;
import edu.cumc.aou.sync.port.PersonalData;
import edu.cumc.aou.sync.port.RunTable;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Clock;
import java.time.Duration;

/** The sync's own tables in SQL Server or H2. Thread-safe; the caller closes it. */
public final class SqlSyncStore implements SyncStore {

  private final StoreDatabase store;
  private final boolean owned;

  private SqlSyncStore(StoreDatabase store, boolean owned) {
    this.store = store;
    this.owned = owned;
  }

  /** Opens the store, which connects at the first use. */
  public static SqlSyncStore open(DatabaseSettings settings, String schema) {
    DatabaseFaults translation = new DatabaseFaults("store");
    return translation.call(() -> on(Database.open(settings), schema));
  }

  /** The same with a clock for an H2 store; SQL Server keeps its own time. */
  public static SqlSyncStore open(DatabaseSettings settings, String schema, Clock clock) {
    DatabaseFaults translation = new DatabaseFaults("store");
    return translation.call(() -> on(Database.open(settings, clock), schema));
  }

  /** A store that closes its database. */
  static SqlSyncStore on(Database database, String schema) {
    return new SqlSyncStore(new StoreDatabase(database, schema), true);
  }

  /** The same store with a user for the audit trail. It closes with this one. */
  public SqlSyncStore by(String who) {
    return new SqlSyncStore(store.by(who), owned);
  }

  /** Creates, upgrades and rebinds the tables of this store. */
  public SchemaInstaller installer() {
    return new SchemaInstaller(store);
  }

  @Override
  public void verify() {
    SchemaInstaller.verify(store);
  }

  @Override
  public void probe() {
    StoreProbe.run(store);
  }

  @Override
  public LeaseTable lease() {
    return new SqlLeaseTable(store.withoutHold());
  }

  @Override
  public SyncStore under(long token, Duration duration) {
    return new SqlSyncStore(store.under(new LeaseHold(token, duration)), false);
  }

  @Override
  public RunTable runs() {
    return new SqlRunTable(store);
  }

  @Override
  public MatchTable matches() {
    return new SqlMatchTable(store);
  }

  @Override
  public OrgTable org() {
    return new SqlOrgTable(store);
  }

  @Override
  public MirrorTable mirror() {
    return new SqlMirrorTable(store);
  }

  @Override
  public ChangeTable changes() {
    return new SqlChangeTable(store);
  }

  @Override
  public JobTable jobs() {
    return new SqlJobTable(store);
  }

  @Override
  public HoldTable holds() {
    return new SqlHoldTable(store);
  }

  @Override
  public AnomalyTable anomalies() {
    return new SqlAnomalyTable(store);
  }

  @Override
  public FlawTable flaws() {
    return new SqlFlawTable(store);
  }

  @Override
  public DecisionTable decisions() {
    return new SqlDecisionTable(store);
  }

  @Override
  public AttemptTable attempts() {
    return new SqlAttemptTable(store);
  }

  @Override
  public AuditTable audit() {
    return new SqlAuditTable(store);
  }

  @Override
  public IdTables ids() {
    return new SqlIdTables(store);
  }

  @Override
  public PersonalData personalData() {
    return new SqlPersonalData(store);
  }

  /** How many connections are in use; tests look for leaks. */
  int connectionsInUse() {
    return store.database().connectionsInUse();
  }

  @Override
  public void close() {
    if (owned) {
      store.close();
    }
  }
}
