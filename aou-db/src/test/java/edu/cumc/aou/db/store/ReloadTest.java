package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The nightly load comes while a run reads the source. */
class ReloadTest {

  private static final int PEOPLE = 20;

  private final SqlWorld world = new SqlWorld(PEOPLE);
  private int reads;

  @AfterEach
  void close() {
    world.close();
  }

  private void mark(String mark) {
    world.execute("UPDATE " + SqlWorld.MARK + " SET \"mark\" = " + mark);
  }

  /** Does something when the relations are opened for the first time, before either is read. */
  private void whileFirstRead(Runnable action) {
    world.sourceWatch.before(
        sql -> {
          if (sql.contains("ORDER BY") && sql.contains("contacts") && ++reads == 1) {
            action.run();
          }
        });
  }

  private void assertEverybodyThereOnce() {
    for (int n = 1; n <= PEOPLE; n++) {
      assertThat(world.crm.contactsWith(TestParticipants.pmiId(n))).as("person %d", n).isEqualTo(1);
    }
  }

  private Duration waited() {
    return world.pauses.pauses().stream().reduce(Duration.ZERO, Duration::plus);
  }

  @Test
  void rows_thatWereGoneWhileReading_areReadAgainAfterTheLoad() {
    whileFirstRead(
        () -> {
          world.execute("CREATE TABLE kept AS SELECT * FROM " + world.contactTable());
          world.execute("DELETE FROM " + world.contactTable());
        });
    world.meanwhile =
        () -> {
          if (world.texts("SELECT COUNT(*) FROM " + world.contactTable()).get(0).equals("0")) {
            world.execute("INSERT INTO " + world.contactTable() + " SELECT * FROM kept");
          }
        };

    assertThat(world.firstSync().plannedTotal()).isPositive();

    assertThat(reads).isEqualTo(2);
    assertEverybodyThereOnce();
    // the plan that was made of half a source is gone
    assertThat(
            world.texts(
                "SELECT COUNT(*) FROM dbo.sync_change WHERE object = 'CONTACT' AND action = 'INSERT'"))
        .containsExactly(String.valueOf(PEOPLE));
  }

  @Test
  void loadMark_thatChangesWhileReading_isEnough() {
    whileFirstRead(() -> mark("'tuesday'"));

    assertThat(world.firstSync().plannedTotal()).isPositive();

    assertThat(reads).isEqualTo(2);
    assertEverybodyThereOnce();
  }

  @Test
  void load_thatIsGoingOnAtTheStart_isWaitedForBeforeAnythingIsCounted() {
    mark("NULL");
    world.execute("CREATE TABLE kept AS SELECT * FROM " + world.contactTable());
    world.execute("DELETE FROM " + world.contactTable());
    world.meanwhile =
        () -> {
          if (waited().compareTo(Duration.ofMinutes(2)) == 0) {
            world.execute("INSERT INTO " + world.contactTable() + " SELECT * FROM kept");
            mark("'tuesday'");
          }
        };

    assertThat(world.firstSync().plannedTotal()).isPositive();

    assertThat(reads).isZero();
    assertEverybodyThereOnce();
  }

  @Test
  void load_withoutAnEnd_stopsTheRunInTime_andNothingIsWritten() {
    mark("NULL");

    SyncException stopped = catchThrowableOfType(SyncException.class, world::firstSync);

    assertThat(stopped.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(stopped).hasMessageContaining("source.reload-wait");
    assertThat(waited()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    assertThat(world.crm.contactsWith(TestParticipants.pmiId(1))).isZero();
    assertThat(world.texts("SELECT COUNT(*) FROM dbo.sync_change")).containsExactly("0");
  }

  @Test
  void load_longerThanTheLease_losesItToNobody() {
    mark("NULL");
    world.meanwhile =
        () -> {
          if (waited().compareTo(Duration.ofMinutes(6)) == 0) {
            mark("'tuesday'");
          }
        };
    world.storeWatch.forget();

    assertThat(world.firstSync().plannedTotal()).isPositive();

    assertThat(world.storeWatch.executed())
        .filteredOn(sql -> sql.contains("UPDATE") && sql.contains("sync_lease"))
        .hasSizeGreaterThan(24);
  }
}
