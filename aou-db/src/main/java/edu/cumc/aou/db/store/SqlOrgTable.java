package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.sync.model.OrgTraits;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.OrgTable;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The traits of the org that runs found. */
final class SqlOrgTable implements OrgTable {

  private final StoreDatabase store;

  SqlOrgTable(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public void keep(RunId run, OrgTraits traits) {
    store.run(
        "noting what the org is like",
        handle -> {
          handle
              .createUpdate(store.sql("DELETE FROM $.sync_org WHERE run_id = :run"))
              .bind("run", run.value())
              .execute();
          handle
              .createUpdate(
                  store.sql("INSERT INTO $.sync_org (run_id, traits) VALUES (:run, :traits)"))
              .bind("run", run.value())
              .bind("traits", CanonicalJson.write(traits.stored()))
              .execute();
        });
  }

  @Override
  public Optional<OrgTraits> keptBy(RunId run) {
    return store.read(
        "looking up what the org is like",
        handle ->
            handle
                .createQuery(store.sql("SELECT traits FROM $.sync_org WHERE run_id = :run"))
                .bind("run", run.value())
                .mapTo(String.class)
                .findOne()
                .flatMap(SqlOrgTable::traits));
  }

  /** Empty if another program has written there; then the run stores the traits of the org anew. */
  private static Optional<OrgTraits> traits(String stored) {
    try {
      return Optional.of(OrgTraits.ofStored(CanonicalJson.texts(stored)));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /** Deletes traits that only this run uses, before the run is removed. */
  static void drop(StoreDatabase store, Handle handle, RunId run) {
    Optional<Long> traits =
        handle
            .createQuery(
                store.sql(
                    "SELECT org_traits FROM $.sync_run WHERE run_id = :run AND org_traits IS NOT NULL"))
            .bind("run", run.value())
            .mapTo(Long.class)
            .findOne();
    if (traits.isPresent()) {
      handle
          .createUpdate(
              store.sql(
                  "DELETE FROM $.sync_org WHERE run_id = :traits AND NOT EXISTS (SELECT 1 FROM $.sync_run r"
                      + " WHERE r.org_traits = :traits AND r.run_id <> :run)"))
          .bind("traits", traits.get())
          .bind("run", run.value())
          .execute();
    }
  }
}
