package edu.cumc.aou.db.store;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.adapter.Connections;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.settings.Environment;
import edu.cumc.aou.sync.settings.KeepSettings;
import java.util.Optional;

/**
 * The place of the sync's own tables.
 *
 * @param schema their schema
 * @param keep how long the tables keep what runs leave in them
 */
public record StoreConfig(DatabaseSettings database, String schema, KeepSettings keep) {

  /**
   * Reads the section {@code store}. Production refuses an H2 database.
   *
   * @return empty if there were problems; the section has them
   */
  public static Optional<StoreConfig> read(ConfigSection root) {
    ConfigSection section = root.section("store");
    Optional<DatabaseSettings> database = Connections.read(section);
    String schema = section.text("schema", "dbo");
    boolean named = schema.matches("[A-Za-z_][A-Za-z0-9_]*");
    if (!named) {
      section.problem("schema", "expected the name of a schema: letters, digits and underscores");
    }
    boolean tooSmall = database.isPresent() && database.get().isH2() && isProduction(root);
    if (tooSmall) {
      section.problem(
          "jdbc-url",
          "production needs a SQL Server database for the sync's tables, and this is H2, or the"
              + " default, which is H2; name one here or in AOU_STORE_JDBC_URL");
    }
    KeepSettings keep = KeepSettings.read(section);
    section.done();
    return database.filter(d -> named && !tooSmall).map(d -> new StoreConfig(d, schema, keep));
  }

  private static boolean isProduction(ConfigSection root) {
    return root.choice("environment", Environment.class, Environment.SANDBOX)
        == Environment.PRODUCTION;
  }
}
