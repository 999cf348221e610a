package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.sync.config.ConfigSection;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the sync's own tables are.
 *
 * @param schema their schema
 * @param keepValues how long values are kept in {@code sync_change}
 */
public record StoreConfig(DatabaseSettings database, String schema, Duration keepValues) {

  /**
   * Reads the section {@code store}.
   *
   * @return empty when there were problems, which are in the section's
   */
  public static Optional<StoreConfig> read(ConfigSection root) {
    ConfigSection section = root.section("store");
    Optional<DatabaseSettings> database = Connections.read(section);
    String schema = section.text("schema", "dbo");
    boolean named = schema.matches("[A-Za-z_][A-Za-z0-9_]*");
    if (!named) {
      section.problem("schema", "expected the name of a schema: letters, digits and underscores");
    }
    Duration keepValues = section.duration("keep-values", Duration.ofDays(90));
    section.done();
    return database.filter(d -> named).map(d -> new StoreConfig(d, schema, keepValues));
  }
}
