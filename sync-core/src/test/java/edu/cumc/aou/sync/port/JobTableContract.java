package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.insert;
import static edu.cumc.aou.sync.port.StoreFixtures.journeyUpdate;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.JobTable.Job;
import edu.cumc.aou.sync.port.JobTable.State;
import edu.cumc.aou.sync.port.WriteOrder.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a {@link JobTable}, and the rows that its jobs took, must do. */
public interface JobTableContract extends StoreContractPart {

  @Test
  default void jobs_inFlight_areThoseOfTheRunThatAreNotDone() {
    RunId run = run(store());
    RunId other = run(store());
    Job first = job(1, CrmObject.CONTACT, Operation.CREATE);
    Job second = job(2, CrmObject.JOURNEY, Operation.UPDATE);
    Job third = job(3, CrmObject.CONTACT, Operation.UPSERT_BY_PMI_ID);
    store().jobs().open(run, first);
    store().jobs().open(run, second);
    store().jobs().open(other, third);

    store().jobs().setState(first.id(), State.DONE);
    store().jobs().setState(second.id(), State.CLOSED);

    assertThat(store().jobs().unfinished(run))
        .containsExactly(
            new Job(second.id(), second.object(), second.operation(), second.rows(), State.CLOSED));
    assertThat(store().jobs().unfinished(other)).containsExactly(third);
    assertThat(store().jobs().count(run)).isEqualTo(2);
  }

  @Test
  default void rows_thatAJobTook_areFoundByIt_untilTheyAreSettled() {
    RunId run = run(store());
    RunId other = run(store());
    for (RunId r : List.of(run, other)) {
      store()
          .changes()
          .append(
              r,
              List.of(
                  insert(1, 1, "LastName", "A"),
                  insert(2, 2, "LastName", "B"),
                  insert(3, 3, "LastName", "C"),
                  insert(4, 4, "LastName", "D"),
                  journeyUpdate(5, 5, "HP_EHR_Consent_Status__c", "1")));
    }
    JobId job = job(1, CrmObject.CONTACT, Operation.CREATE).id();

    store().changes().markSent(run, List.of(1L, 2L, 3L), job);
    store().changes().markSent(run, List.of(4L));
    store()
        .changes()
        .settle(run, List.of(new Settlement(2, Change.State.DONE, null, null, null, List.of())));

    List<Change> rows = store().changes().pageOfJob(run, CrmObject.CONTACT, job, 0, 10);
    assertThat(rows).extracting(Change::seq).containsExactly(1L, 3L);
    assertThat(rows).extracting(Change::attempts).containsOnly(1);
    assertThat(store().changes().pageOfJob(run, CrmObject.CONTACT, job, 1, 1))
        .extracting(Change::seq)
        .containsExactly(3L);
    assertThat(store().changes().pageOfJob(run, CrmObject.JOURNEY, job, 0, 10)).isEmpty();
    assertThat(store().changes().pageOfJob(other, CrmObject.CONTACT, job, 0, 10)).isEmpty();
    assertThat(
            store()
                .changes()
                .page(
                    run,
                    CrmObject.CONTACT,
                    Set.of(Change.Action.INSERT),
                    Set.of(Change.State.SENT),
                    0,
                    10))
        .extracting(Change::seq)
        .containsExactly(1L, 3L, 4L);
  }

  @Test
  default void manyRowsOfAJob_areMarked_andNoneBetweenThem() {
    int people = 600;
    RunId run = run(store());
    List<Change> plan = new ArrayList<>();
    for (int n = 1; n <= people; n++) {
      plan.add(insert(2 * n, n, "LastName", "N" + n));
      plan.add(journeyUpdate(2 * n + 1, n, "HP_EHR_Consent_Status__c", "1"));
    }
    store().changes().append(run, plan);
    Set<Long> left = Set.of(2L, 400L, 402L, 1_200L);
    List<Long> taken =
        LongStream.rangeClosed(1, people)
            .map(n -> 2 * n)
            .boxed()
            .filter(seq -> !left.contains(seq))
            .toList();
    JobId job = job(1, CrmObject.CONTACT, Operation.CREATE).id();

    store().changes().markSent(run, taken, job);

    assertThat(store().changes().pageOfJob(run, CrmObject.CONTACT, job, 0, people))
        .allMatch(row -> row.attempts() == 1)
        .extracting(Change::seq)
        .isEqualTo(taken);
    assertThat(planned(run, CrmObject.CONTACT, people)).containsExactlyInAnyOrderElementsOf(left);
    assertThat(planned(run, CrmObject.JOURNEY, people)).hasSize(people);

    // a job that failed as a whole, and one row that goes for the first time
    List<Long> again = Stream.concat(Stream.of(2L), taken.stream()).toList();
    store().changes().markSent(run, again, job);

    assertThat(store().changes().pageOfJob(run, CrmObject.CONTACT, job, 0, people))
        .allMatch(row -> row.attempts() == (row.seq() == 2 ? 1 : 2))
        .extracting(Change::seq)
        .isEqualTo(again);
    assertThat(planned(run, CrmObject.CONTACT, people)).containsExactly(400L, 402L, 1_200L);
  }

  private List<Long> planned(RunId run, CrmObject object, int most) {
    return store()
        .changes()
        .page(
            run, object, EnumSet.allOf(Change.Action.class), Set.of(Change.State.PLANNED), 0, most)
        .stream()
        .map(Change::seq)
        .toList();
  }

  private static Job job(int number, CrmObject object, Operation operation) {
    return new Job(
        new JobId(String.format("750TEST%08d", number)),
        object,
        operation,
        10 * number,
        State.OPEN);
  }
}
