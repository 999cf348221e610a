package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a first load spares the store. */
class FirstLoadStatementsTest {

  private static final Instant TIME = Instant.parse("2026-01-05T11:00:00Z");

  @Test
  void readingBack_readsNobodysMarks_whenSalesforceKeptWhatWasSent() {
    try (SqlWorld world = new SqlWorld(60)) {
      world.firstSync();

      assertThat(world.storeWatch.executed())
          .anyMatch(sql -> sql.contains("'{}' AS sent"))
          .noneMatch(sql -> sql.contains("c.sent"));
    }
  }

  @Test
  void job_isMarkedAsSentByOneStatement_andNothingIsStaged() {
    try (SqlWorld world = new SqlWorld(0)) {
      RunId run =
          world.store.runs().create(RunMode.SYNC, "00DTEST00000001EAA", "fingerprint", TIME);
      List<Change> plan =
          IntStream.rangeClosed(1, 600)
              .mapToObj(
                  n ->
                      Change.builder(
                              n, CrmObject.CONTACT, TestParticipants.pmiId(n), Change.Action.INSERT)
                          .newValues(TestParticipants.values("LastName", "Muster"))
                          .build())
              .toList();
      world.store.changes().append(run, plan);
      world.storeWatch.forget();

      world
          .store
          .changes()
          .markSent(
              run,
              LongStream.rangeClosed(1, 600).filter(n -> n % 30 != 0).boxed().toList(),
              new JobId("750000000000001AAA"));

      assertThat(world.storeWatch.executed())
          .noneMatch(sql -> sql.contains("outcome_staging"))
          .filteredOn(sql -> sql.startsWith("UPDATE \"dbo\".sync_change"))
          .hasSize(1);
    }
  }
}
