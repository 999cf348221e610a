package edu.cumc.aou.db.source;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.adapter.Connections;
import edu.cumc.aou.sync.config.ConfigSection;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place of the participants.
 *
 * @param contacts the contact relation
 * @param journeys the journey relation
 * @param loadMarker a query that gives one value, which changes with each load and is NULL during
 *     one; null for a source that does not tell
 */
public record SourceConfig(
    DatabaseSettings database,
    RelationName contacts,
    RelationName journeys,
    @Nullable String loadMarker) {

  /** Not a parser: the read-only login protects the source. */
  private static final Pattern SELECT = Pattern.compile("(?is)select\\s[^;]+");

  /**
   * Reads the section {@code source}.
   *
   * @return empty if there were problems; the section has them
   */
  public static Optional<SourceConfig> read(ConfigSection root) {
    ConfigSection section = root.section("source");
    Optional<DatabaseSettings> database = Connections.read(section);
    Optional<RelationName> contacts = relation(section, "contacts", "dm_aou.dbo.vw_reporting_base");
    Optional<RelationName> journeys = relation(section, "journeys", "dm_aou.dbo.healthpro");
    Optional<String> loadMarker = section.lines("load-marker").map(String::strip);
    if (loadMarker.isPresent() && !SELECT.matcher(loadMarker.get()).matches()) {
      section.problem(
          "load-marker", "expected one SELECT that gives one value, without a semicolon");
      loadMarker = Optional.empty();
    }
    section.passOver("time-zone", "placeholders", "reload-wait").done();
    return database.isEmpty() || contacts.isEmpty() || journeys.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SourceConfig(
                database.get(), contacts.get(), journeys.get(), loadMarker.orElse(null)));
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
