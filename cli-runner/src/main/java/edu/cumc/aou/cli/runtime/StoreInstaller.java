package edu.cumc.aou.cli.runtime;

import edu.cumc.aou.db.store.SchemaInstaller.Installed;
import edu.cumc.aou.db.store.SqlSyncStore;
import edu.cumc.aou.db.store.StoreConfig;
import java.util.ArrayList;
import java.util.List;

/** Creates the tables of a store. The caller that opens it closes it. */
public final class StoreInstaller implements AutoCloseable {

  private final SqlSyncStore store;

  private StoreInstaller(SqlSyncStore store) {
    this.store = store;
  }

  static StoreInstaller open(StoreConfig config, OperatingUser person) {
    return new StoreInstaller(
        SqlSyncStore.open(config.database(), config.schema()).by(person.atHost()));
  }

  /** The SQL that creates the tables. */
  public String sql() {
    return store.installer().sql();
  }

  /** The rights that the logins of the sync need. */
  public String grants() {
    return store.installer().grants();
  }

  /** Statements that show the plans of the important queries. */
  public String showplan() {
    return store.installer().showplan();
  }

  /**
   * Creates what is missing; returns one line for each thing that it did.
   *
   * @param adoptTables whether to rename tables with other columns out of the way
   * @param rebind whether to forget what the store knows of its org
   */
  public List<String> install(boolean adoptTables, boolean rebind) {
    Installed installed = store.installer().install(adoptTables);
    List<String> done = new ArrayList<>();
    installed
        .renamed()
        .forEach((table, name) -> done.add("The table " + table + " is now called " + name + "."));
    done.add(
        installed.migrations() == 0
            ? "The sync's tables are there and current."
            : "The sync's tables are ready. Next: aou-sync check");
    if (rebind) {
      store
          .installer()
          .rebind()
          .forEach(run -> done.add("Run " + run + " was not over; it is given up."));
      done.add(
          "The store has forgotten its org, and what its runs sent: undo and disclosures know"
              + " nothing of them any more. The next run binds it to the org it finds.");
    }
    return done;
  }

  @Override
  public void close() {
    store.close();
  }
}
