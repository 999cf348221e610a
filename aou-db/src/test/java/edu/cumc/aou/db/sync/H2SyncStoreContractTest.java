package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.port.SyncStoreContract;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class H2SyncStoreContractTest extends SyncStoreContract {

  private final String schema = TestDatabases.freeName("sync");
  private @Nullable Database beside;

  @Override
  protected SyncStore newStore() {
    DatabaseSettings settings = TestDatabases.h2();
    beside = Database.open(settings);
    SqlSyncStore store = SqlSyncStore.open(settings, schema);
    store.installer().install(false);
    return store;
  }

  private Database beside() {
    if (beside == null) {
      throw new IllegalStateException("the store is not open yet");
    }
    return beside;
  }

  private String table(String name) {
    return beside().dialect().quote(schema) + "." + name;
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
