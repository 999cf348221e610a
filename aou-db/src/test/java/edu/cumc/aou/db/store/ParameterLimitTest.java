package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import edu.cumc.aou.sync.port.MirrorTable.WrittenJourney;
import edu.cumc.aou.sync.port.PersonalData;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** SQL Server takes 2,100 parameters for one statement, whatever a caller brings. */
class ParameterLimitTest {

  private static final int LIMIT = 2_100;
  private static final int MANY = 5_000;
  private static final Instant TIME = Instant.parse("2026-01-05T11:00:00Z");

  private static <T> List<T> many(IntFunction<T> made) {
    return IntStream.rangeClosed(1, MANY).mapToObj(made).toList();
  }

  static void useAllWithMany(SqlSyncStore store) {
    RunId run = store.runs().create(RunMode.SYNC, "00DTEST00000001EAA", "fingerprint", TIME);
    List<PmiId> people = many(TestParticipants::pmiId);
    List<Long> seqs = many(n -> (long) n);
    store
        .changes()
        .append(
            run,
            many(
                n ->
                    Change.builder(
                            n, CrmObject.CONTACT, TestParticipants.pmiId(n), Change.Action.UPDATE)
                        .contactId(TestParticipants.contactId(n))
                        .newValues(TestParticipants.values("LastName", "Muster"))
                        .build()));
    store.changes().markSent(run, seqs);
    store.changes().markSent(run, seqs, new JobId("750000000000001AAA"));
    store
        .changes()
        .settle(
            run,
            many(
                n ->
                    new Settlement(
                        n, Change.State.FAILED, null, null, "SOME_CODE", List.of("LastName"))));
    store
        .changes()
        .page(
            run,
            CrmObject.CONTACT,
            EnumSet.allOf(Change.Action.class),
            EnumSet.allOf(Change.State.class),
            0,
            MANY);
    store
        .mirror()
        .recordContacts(
            many(
                n ->
                    new WrittenContact(
                        TestParticipants.contactId(n),
                        TestParticipants.pmiId(n),
                        FieldValues.empty(),
                        SentValues.none())));
    store
        .mirror()
        .recordJourneys(
            many(
                n ->
                    new WrittenJourney(
                        TestParticipants.journeyId(n), FieldValues.empty(), SentValues.none())));
    store
        .holds()
        .put(
            people.stream()
                .map(person -> new Hold(person, HoldTable.Kind.REVIEW, "some reason", TIME, null))
                .toList());
    int unusedReleased = store.holds().release(people);
    store
        .anomalies()
        .seen(
            run,
            many(n -> new Anomaly(AnomalyTable.Kind.MISSING_JOURNEY, TestParticipants.pmiText(n))));
    PersonalData.Removed unusedRemoved =
        store.personalData().forget(people.subList(0, PersonalData.MOST), TIME);
  }

  @Test
  void noStatement_hasMoreParametersThanSqlServerTakes() {
    try (SqlWorld world = new SqlWorld(600)) {
      world.firstSync();
      world.nextSync();
      useAllWithMany(world.store);
      Map<String, Integer> parameters = new TreeMap<>();
      List.of(world.storeWatch, world.sourceWatch)
          .forEach(watch -> watch.executed().forEach(sql -> parameters.put(sql, parameters(sql))));
      assertThat(parameters).hasSizeGreaterThan(50);
      // lists are cut, and the cut is seen here
      assertThat(parameters.values()).anySatisfy(count -> assertThat(count).isEqualTo(200));
      assertThat(parameters)
          .allSatisfy((sql, count) -> assertThat(count).as(sql).isLessThanOrEqualTo(LIMIT));
    }
  }

  private static int parameters(String sql) {
    return (int) sql.replaceAll("'[^']*'", "").chars().filter(c -> c == '?').count();
  }
}
