package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.InMemoryCrm.Reading;
import edu.cumc.aou.sync.port.InMemoryDesk;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.RunServices;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a run has written and read back is not read again by the next one, and what was committed
 * late is found all the same.
 */
class ReadOnceTest {

  /** Their records, both of each, are more than are read again for the sake of simplicity. */
  private static final int PEOPLE = 1100;

  private final SyncWorld world = new SyncWorld(true, "bulk.threshold = 100");

  @BeforeEach
  void firstLoad() {
    world.people(1, PEOPLE);
    assertThat(sync().contacts().inserted()).isEqualTo(PEOPLE);
  }

  /** Each step takes its time, so that what one has written lies before the next one's look. */
  private SyncReport sync() {
    RunServices plain = world.services();
    SyncListener ticking =
        new SyncListener() {
          @Override
          public void stepStarted(SyncStep step) {
            world.clock.advance(Duration.ofSeconds(2));
          }
        };
    world.load();
    world.clock.advance(Duration.ofHours(1));
    return new DailySync(
            new RunServices(
                plain.source(), plain.crm(), plain.store(), plain.clock(), plain.pause(), ticking),
            world.settings())
        .run(new SyncRequest(RunMode.SYNC, "test", false, true, null, null));
  }

  private static int records(List<Reading> readings, CrmObject object) {
    return readings.stream()
        .filter(r -> r.object() == object && !r.onlyStamps())
        .filter(r -> r.kind() == CrmScope.Kind.CHANGED_SINCE || r.kind() == CrmScope.Kind.SOME)
        .mapToInt(Reading::records)
        .sum();
  }

  private List<Reading> readingsOfNextSync() {
    int before = world.crm.readings().size();
    sync();
    return world.crm.readings().subList(before, world.crm.readings().size());
  }

  @Test
  void firstLoad_readsContactsOnce_andJourneysAsTheyCameAndAsTheyWereWritten() {
    assertThat(records(world.crm.readings(), CrmObject.CONTACT)).isEqualTo(PEOPLE);
    assertThat(records(world.crm.readings(), CrmObject.JOURNEY)).isEqualTo(2 * PEOPLE);
  }

  @Test
  void nextMorning_readsTimesAndNoRecord_andTheMorningAfterNeither() {
    List<Reading> next = readingsOfNextSync();

    assertThat(records(next, CrmObject.CONTACT)).isZero();
    assertThat(records(next, CrmObject.JOURNEY)).isZero();
    assertThat(next.stream().filter(Reading::onlyStamps).mapToInt(Reading::records).sum())
        .isEqualTo(2 * PEOPLE);
    assertThat(readingsOfNextSync().stream().mapToInt(Reading::records).sum()).isZero();
  }

  @Test
  void changeThatWasCommittedLate_isFoundTheNextMorning_withItsRecordAlone() {
    InMemoryDesk.Stored contact = world.crm.desk().records(CrmObject.CONTACT).get(7);
    Instant readBack = world.store.mirror().state().orElseThrow().readUpTo();
    ContactId id = new ContactId(contact.id());
    world.crm.editContact(id, values("LastName", "Changed"));
    world.crm.desk().changedAt(contact.id(), readBack.minus(Duration.ofSeconds(30)));

    List<Reading> next = readingsOfNextSync();

    assertThat(records(next, CrmObject.CONTACT)).as("it, and as it was written again").isEqualTo(2);
    assertThat(world.crm.storedContact(id)).containsEntry("LastName", "Muster8");
  }
}
