package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.contactUpdate;
import static edu.cumc.aou.sync.port.StoreFixtures.insert;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.AnomalyTable.AnomalyCount;
import edu.cumc.aou.sync.port.AnomalyTable.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an {@link AnomalyTable} must do. */
public interface AnomalyTableContract extends StoreContractPart {

  @Test
  default void anomalies_newStore_hasNone() {
    assertThat(open(run(store()))).isEmpty();
  }

  @Test
  default void seen_countsByKind() {
    RunId run = run(store());
    seen(run, anomaly(Kind.DOUBLED_PMI_ID, 1), anomaly(Kind.MISSING_JOURNEY, 1));
    seen(run, anomaly(Kind.DOUBLED_PMI_ID, 2));

    assertThat(open(run))
        .containsExactlyInAnyOrder(
            new AnomalyCount(Kind.DOUBLED_PMI_ID, 2, 2, 0),
            new AnomalyCount(Kind.MISSING_JOURNEY, 1, 1, 0));
  }

  @Test
  default void seen_twiceByOneRun_isOneAnomaly() {
    RunId run = run(store());
    seen(run, anomaly(Kind.DOUBLED_PMI_ID, 1), anomaly(Kind.DOUBLED_PMI_ID, 1));
    seen(run, anomaly(Kind.DOUBLED_PMI_ID, 1));

    assertThat(open(run)).containsExactly(new AnomalyCount(Kind.DOUBLED_PMI_ID, 1, 1, 0));
  }

  @Test
  default void seen_again_keepsItsFirstRun() {
    RunId first = run(store());
    seen(first, anomaly(Kind.SEVERAL_JOURNEYS, 1));
    RunId second = run(store());

    seen(second, anomaly(Kind.SEVERAL_JOURNEYS, 1), anomaly(Kind.SEVERAL_JOURNEYS, 2));
    store().anomalies().closeUnseen(second);

    assertThat(open(second)).containsExactly(new AnomalyCount(Kind.SEVERAL_JOURNEYS, 2, 1, 0));
    assertThat(open(first)).containsExactly(new AnomalyCount(Kind.SEVERAL_JOURNEYS, 2, 1, 0));
  }

  @Test
  default void seen_fieldsOfOneParticipant_areAnomaliesOfTheirOwn() {
    RunId run = run(store());
    seen(
        run,
        new Anomaly(Kind.NOT_TAKEN_OVER, pmiText(1) + " Email"),
        new Anomaly(Kind.NOT_TAKEN_OVER, pmiText(1) + " Phone"));

    assertThat(open(run)).containsExactly(new AnomalyCount(Kind.NOT_TAKEN_OVER, 2, 2, 0));
  }

  @Test
  default void closeUnseen_closesWhatTheRunDidNotSee() {
    RunId first = run(store());
    seen(
        first,
        anomaly(Kind.DOUBLED_PMI_ID, 1),
        anomaly(Kind.SEVERAL_JOURNEYS, 1),
        anomaly(Kind.MISSING_JOURNEY, 1),
        anomaly(Kind.DELETED_CONTACT, 1),
        anomaly(Kind.NOT_TAKEN_OVER, 1),
        anomaly(Kind.DELETED_CONTACT, 2));
    RunId second = run(store());
    seen(second, anomaly(Kind.DELETED_CONTACT, 2));

    store().anomalies().closeUnseen(second);

    assertThat(open(second)).containsExactly(new AnomalyCount(Kind.DELETED_CONTACT, 1, 0, 0));
  }

  @Test
  default void closeUnseen_contactThatExistedBefore_staysOpenWhileItIsToBeCreated() {
    RunId first = run(store());
    store().changes().append(first, List.of(insert(1, 1), insert(2, 2), insert(3, 3)));
    seen(first, anomaly(Kind.EXISTED_BEFORE, 1), anomaly(Kind.EXISTED_BEFORE, 2));
    store().anomalies().closeUnseen(first);
    assertThat(open(first)).containsExactly(new AnomalyCount(Kind.EXISTED_BEFORE, 2, 2, 0));

    RunId second = run(store());
    store().changes().append(second, List.of(insert(1, 2), contactUpdate(2, 1)));
    store().anomalies().closeUnseen(second);
    assertThat(open(second)).containsExactly(new AnomalyCount(Kind.EXISTED_BEFORE, 1, 0, 0));

    RunId third = run(store());
    store().anomalies().closeUnseen(third);
    assertThat(open(third)).isEmpty();
  }

  @Test
  default void seen_afterItWasClosed_isNewAgain() {
    RunId first = run(store());
    seen(first, anomaly(Kind.MISSING_JOURNEY, 1));
    store().anomalies().closeUnseen(run(store()));
    RunId third = run(store());

    seen(third, anomaly(Kind.MISSING_JOURNEY, 1));

    assertThat(open(third)).containsExactly(new AnomalyCount(Kind.MISSING_JOURNEY, 1, 1, 0));
  }

  @Test
  default void seen_moreThanAThousandAtOnce_work() {
    RunId run = run(store());
    List<Anomaly> many =
        IntStream.range(0, 2_300).mapToObj(n -> anomaly(Kind.MISSING_JOURNEY, n)).toList();

    store().anomalies().seen(run, many);
    store().anomalies().seen(run, many);

    assertThat(open(run)).containsExactly(new AnomalyCount(Kind.MISSING_JOURNEY, 2_300, 2_300, 0));
  }

  private List<AnomalyCount> open(RunId run) {
    return store().anomalies().count(run).stream().filter(c -> c.open() > 0).toList();
  }

  private void seen(RunId run, Anomaly... anomalies) {
    store().anomalies().seen(run, List.of(anomalies));
  }

  private static Anomaly anomaly(Kind kind, int pmiNumber) {
    return new Anomaly(kind, pmiText(pmiNumber));
  }
}
