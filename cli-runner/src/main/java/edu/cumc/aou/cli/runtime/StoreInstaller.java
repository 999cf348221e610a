package edu.cumc.aou.cli.runtime;

import edu.cumc.aou.db.store.SchemaInstaller.Installed;
import edu.cumc.aou.db.store.SqlSyncStore;
import edu.cumc.aou.db.store.StoreConfig;
import java.util.ArrayList;
import java.util.List;

/** Creates the tables of a store. Whoever opened it closes it. */
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

  /** What the logins of the sync need. */
  public String grants() {
    return store.installer().grants();
  }

  /** Questions for the plans of the statements that matter. */
  public String showplan() {
    return store.installer().showplan();
  }

  /**
   * Creates what is missing; tells what was done, a line for each thing.
   *
   * @param adoptTables whether tables with other columns are renamed out of the way
   * @param rebind whether what the store knows of its org is forgotten
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
      store.installer().rebind();
      done.add("The store has forgotten its org; the next run binds it to the org it finds.");
    }
    return done;
  }

  @Override
  public void close() {
    store.close();
  }
}
