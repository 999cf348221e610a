package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.port.SyncStoreContract;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The store on a database that a subclass names. */
abstract class SqlSyncStoreContract extends SyncStoreContract {

  private final String ownSchema = TestDatabases.freeName("sync");
  private @Nullable Database beside;

  /** Where the tables are made. */
  abstract DatabaseSettings database();

  /** The schema of the tables, which is this test's own. */
  String schema() {
    return ownSchema;
  }

  /** Makes the tables. */
  void prepare(SqlSyncStore store) {
    store.installer().install(false);
  }

  @Override
  protected SyncStore newStore() {
    DatabaseSettings settings = database();
    beside = Database.open(settings);
    SqlSyncStore store = SqlSyncStore.open(settings, schema());
    prepare(store);
    return store;
  }

  private Database beside() {
    if (beside == null) {
      throw new IllegalStateException("the store is not open yet");
    }
    return beside;
  }

  private String table(String name) {
    return beside().dialect().quote(schema()) + "." + name;
  }

  @Override
  public void passTime(Duration duration) {
    int unused =
        beside()
            .write(
                "moving the end of the lease",
                handle ->
                    handle
                        .createUpdate(
                            "UPDATE "
                                + table("sync_lease")
                                + " SET valid_until = DATEADD(MILLISECOND, CAST(:millis AS INT), valid_until)")
                        .bind("millis", -duration.toMillis())
                        .execute());
  }

  @Override
  public List<RelationshipRow> relationships() {
    return beside()
        .read(
            "reading the relationships",
            handle ->
                handle
                    .createQuery(
                        "SELECT Contact_Id, PMI_Id, Journey_Id FROM " + table("Relationship"))
                    .map(
                        (row, context) ->
                            new RelationshipRow(
                                row.getString("Contact_Id"),
                                row.getString("PMI_Id"),
                                row.getString("Journey_Id")))
                    .list());
  }

  @AfterEach
  void closeBeside() {
    if (beside != null) {
      beside.close();
    }
  }
}
