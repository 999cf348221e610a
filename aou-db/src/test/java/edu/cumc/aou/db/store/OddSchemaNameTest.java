package edu.cumc.aou.db.store;

import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Refresh;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that opens a store names its schema as it likes. */
class OddSchemaNameTest {

  private static final Instant NOW = Instant.parse("2026-01-05T11:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"site#1", "site!", "site|j", "site~", "site$.x"})
  void schema_withACharacterThatMarksPlacesInOurStatements_holdsTheIds(String schema) {
    try (SqlSyncStore store = SqlSyncStore.open(TestDatabases.h2(), schema)) {
      store.installer().install(false);
      try (Refresh refresh = store.mirror().begin(RefreshKind.FULL)) {
        refresh.add(
            new Contact(
                contactId(1), pmiId(1), true, FieldValues.empty(), NOW, "", true, false, null));
        refresh.add(
            new Journey(journeyId(1), contactId(1), FieldValues.empty(), NOW, "", true, false));
        refresh.commit(new MirrorState(NOW, NOW, "print"));
      }
      assertThat(store.ids().writeBack()).isEqualTo(new IdCounts(1, 1, 1, 1));
      assertThat(store.mirror().find(pmiId(1))).isPresent();
    }
  }
}
