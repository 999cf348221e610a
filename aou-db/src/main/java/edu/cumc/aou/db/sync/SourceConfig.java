package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.sync.config.ConfigSection;
import java.util.Optional;

/**
 * Where the participants are.
 *
 * @param contacts the contact relation
 * @param journeys the journey relation
 */
public record SourceConfig(
    DatabaseSettings database, RelationName contacts, RelationName journeys) {

  /**
   * Reads the section {@code source}.
   *
   * @return empty when there were problems, which are in the section's
   */
  public static Optional<SourceConfig> read(ConfigSection root) {
    ConfigSection section = root.section("source");
    Optional<DatabaseSettings> database = Connections.read(section);
    Optional<RelationName> contacts = relation(section, "contacts", "dm_aou.dbo.vw_reporting_base");
    Optional<RelationName> journeys = relation(section, "journeys", "dm_aou.dbo.healthpro");
    section.passOver("time-zone").done();
    return database.isEmpty() || contacts.isEmpty() || journeys.isEmpty()
        ? Optional.empty()
        : Optional.of(new SourceConfig(database.get(), contacts.get(), journeys.get()));
  }

  private static Optional<RelationName> relation(
      ConfigSection section, String key, String otherwise) {
    Optional<RelationName> relation = RelationName.tryParse(section.text(key, otherwise));
    if (relation.isEmpty()) {
      section.problem(
          key, "expected a table or view such as dm_aou.dbo.healthpro, in one to three parts");
    }
    return relation;
  }
}
