package edu.cumc.aou.db.source;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.testing.RawRelations;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.ParticipantSourceContract;
import edu.cumc.aou.sync.port.RawRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The source on a database that a subclass names. */
abstract class SqlParticipantSourceContract extends ParticipantSourceContract {

  private @Nullable RawRelations relations;
  private @Nullable SqlParticipantSource source;

  /** Where the relations are made. */
  abstract DatabaseSettings database();

  @Override
  protected ParticipantSource source(List<RawRow> contacts, List<RawRow> journeys) {
    DatabaseSettings settings = database();
    relations = new RawRelations(settings);
    RelationName contactTable = relations.create("contacts", RawRow.CONTACTS, contacts);
    RelationName journeyTable = relations.create("journeys", RawRow.JOURNEYS, journeys);
    source =
        SqlParticipantSource.open(
            new SourceConfig(settings, contactTable, journeyTable, null), RawRow.CONTACT_KEY);
    return source;
  }

  @AfterEach
  void close() {
    if (source != null) {
      assertThat(source.connectionsInUse()).as("connections that were not given back").isZero();
      source.close();
    }
    if (relations != null) {
      relations.close();
    }
  }
}
