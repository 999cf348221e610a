package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.STAMP;
import static edu.cumc.aou.sync.port.StoreFixtures.TODAY;
import static edu.cumc.aou.sync.port.StoreFixtures.all;
import static edu.cumc.aou.sync.port.StoreFixtures.contact;
import static edu.cumc.aou.sync.port.StoreFixtures.contactUpdate;
import static edu.cumc.aou.sync.port.StoreFixtures.decided;
import static edu.cumc.aou.sync.port.StoreFixtures.deleted;
import static edu.cumc.aou.sync.port.StoreFixtures.deletedJourney;
import static edu.cumc.aou.sync.port.StoreFixtures.insert;
import static edu.cumc.aou.sync.port.StoreFixtures.journey;
import static edu.cumc.aou.sync.port.StoreFixtures.keep;
import static edu.cumc.aou.sync.port.StoreFixtures.orphan;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshChanges;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshFully;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.AnomalyTable.AnomalyCount;
import edu.cumc.aou.sync.port.AnomalyTable.Kind;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.DecisionTable.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an {@link AnomalyTable} must do. */
public interface AnomalyTableContract extends StoreContractPart {

  private void decide(Decision... decisions) {
    store().decisions().put(List.of(decisions));
  }

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
    store().anomalies().closeUnseen(second, TODAY);

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
  default void mended_closesTheseAlone() {
    RunId run = run(store());
    Anomaly mended = new Anomaly(Kind.NOT_TAKEN_OVER, pmiText(1) + " Email");
    seen(run, mended, new Anomaly(Kind.NOT_TAKEN_OVER, pmiText(1) + " Phone"));

    store()
        .anomalies()
        .mended(List.of(mended, new Anomaly(Kind.CHANGED_BACK, pmiText(1) + " Email")));

    assertThat(open(run)).containsExactly(new AnomalyCount(Kind.NOT_TAKEN_OVER, 1, 1, 0));
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

    store().anomalies().closeUnseen(second, TODAY);

    assertThat(open(second)).containsExactly(new AnomalyCount(Kind.DELETED_CONTACT, 1, 0, 0));
  }

  @Test
  default void closeUnseen_contactThatExistedBefore_staysOpenWhileItIsToBeCreated() {
    RunId first = run(store());
    store().changes().append(first, List.of(insert(1, 1), insert(2, 2), insert(3, 3)));
    seen(first, anomaly(Kind.EXISTED_BEFORE, 1), anomaly(Kind.EXISTED_BEFORE, 2));
    store().anomalies().closeUnseen(first, TODAY);
    assertThat(open(first)).containsExactly(new AnomalyCount(Kind.EXISTED_BEFORE, 2, 2, 0));

    RunId second = run(store());
    store().changes().append(second, List.of(insert(1, 2), contactUpdate(2, 1)));
    store().anomalies().closeUnseen(second, TODAY);
    assertThat(open(second)).containsExactly(new AnomalyCount(Kind.EXISTED_BEFORE, 1, 0, 0));

    RunId third = run(store());
    store().anomalies().closeUnseen(third, TODAY);
    assertThat(open(third)).isEmpty();
  }

  @Test
  default void seen_afterItWasClosed_isNewAgain() {
    RunId first = run(store());
    seen(first, anomaly(Kind.MISSING_JOURNEY, 1));
    store().anomalies().closeUnseen(run(store()), TODAY);
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

  @Test
  default void look_findsEverybodyWithMoreThanOneOfEach_andOrphans() {
    refreshFully(
        store(),
        List.of(contact(1, 1), contact(2, 2), contact(3, 2), contact(4, 3), contact(5, 4)),
        List.of(journey(7, 1), journey(8, 1), journey(9, 2), journey(10, 4), journey(11, 5)));
    refreshChanges(store(), List.of(deleted(4, 3)), List.of(orphan(11)));
    RunId run = run(store());

    store().anomalies().look(run);
    store().anomalies().look(run);

    assertThat(open(run))
        .containsExactlyInAnyOrder(
            new AnomalyCount(Kind.SEVERAL_JOURNEYS, 1, 1, 0),
            new AnomalyCount(Kind.DOUBLED_PMI_ID, 1, 1, 0),
            new AnomalyCount(Kind.ORPHAN_JOURNEY, 2, 2, 0));
    assertThat(all(store().anomalies().read()))
        .extracting(AnomalyTable.OpenAnomaly::anomaly)
        .contains(
            new Anomaly(Kind.ORPHAN_JOURNEY, pmiText(3) + " " + journeyId(10).value()),
            new Anomaly(Kind.ORPHAN_JOURNEY, pmiText(4) + " " + journeyId(11).value()));
  }

  @Test
  default void look_again_keepsOpenWhatIsStillSo_andTheRestCloses() {
    refreshFully(
        store(),
        List.of(contact(1, 1), contact(2, 2), contact(3, 2), contact(4, 3)),
        List.of(journey(7, 1), journey(8, 1), journey(10, 4)));
    refreshChanges(store(), List.of(), List.of(orphan(10)));
    store().anomalies().look(run(store()));
    refreshChanges(store(), List.of(deleted(3, 2)), List.of());
    RunId second = run(store());

    store().anomalies().look(second);
    store().anomalies().closeUnseen(second, TODAY);

    assertThat(open(second))
        .containsExactlyInAnyOrder(
            new AnomalyCount(Kind.SEVERAL_JOURNEYS, 1, 0, 0),
            new AnomalyCount(Kind.ORPHAN_JOURNEY, 1, 0, 0));

    refreshChanges(store(), List.of(), List.of(journey(10, 4), deletedJourney(8, 1)));
    RunId third = run(store());
    store().anomalies().look(third);
    store().anomalies().closeUnseen(third, TODAY);
    assertThat(open(third)).isEmpty();
  }

  @Test
  default void look_ofWhoeverIsForgotten_namesNobody() {
    refreshFully(
        store(),
        List.of(contact(1, 1), contact(2, 1)),
        List.of(journey(7, 1), journey(8, 1), journey(9, 2)));
    PersonalData.Removed unused =
        store().personalData().forget(List.of(pmiId(1)), StoreFixtures.STAMP);
    RunId run = run(store());

    store().anomalies().look(run);

    assertThat(open(run)).isEmpty();
  }

  @Test
  default void orphans_stayWhenAllIsReadAnew_untilTheyAreGone() {
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(7, 1), journey(8, 1)));
    assertThat(store().mirror().orphans()).isEmpty();
    refreshChanges(store(), List.of(), List.of(orphan(7), deletedJourney(8, 1)));
    refreshFully(store(), List.of(contact(1, 1)), List.of());

    assertThat(store().mirror().orphans()).containsExactly(journeyId(7));

    refreshChanges(store(), List.of(), List.of(deletedJourney(7, 1)));
    assertThat(store().mirror().orphans()).isEmpty();
  }

  @Test
  default void journeyThatLostItsContact_isShownWithIt_asItIsNow() {
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(7, 1), journey(8, 1)));
    FieldValues now = values("HP_General_Consent_Date__c", "2026-01-31");
    refreshChanges(
        store(), List.of(), List.of(new Journey(journeyId(7), null, now, STAMP, "", false, false)));

    MirrorTable.MirroredContact contact =
        store().mirror().find(pmiId(1)).orElseThrow().contacts().get(0);
    assertThat(contact.journeys()).extracting(j -> j.id()).containsExactly(journeyId(8));
    assertThat(contact.lost())
        .singleElement()
        .satisfies(
            j -> {
              assertThat(j.id()).isEqualTo(journeyId(7));
              assertThat(j.fields()).isEqualTo(now);
            });
  }

  @Test
  default void mended_endsTheDecisionToo_soThatTheSameAnomalyIsNews() {
    RunId run = run(store());
    seen(run, anomaly(Kind.MISSING_JOURNEY, 1), anomaly(Kind.MISSING_JOURNEY, 2));
    decide(
        decided(Kind.MISSING_JOURNEY, 1, Verdict.ACKNOWLEDGED, ""),
        decided(Kind.MISSING_JOURNEY, 2, Verdict.WAIT, "2026-03-04"));

    store().anomalies().mended(List.of(anomaly(Kind.MISSING_JOURNEY, 1)));
    seen(run, anomaly(Kind.MISSING_JOURNEY, 1));

    assertThat(open(run)).containsExactly(new AnomalyCount(Kind.MISSING_JOURNEY, 2, 2, 1));
  }

  @Test
  default void decisionToWait_endsOnItsDay() {
    RunId run = run(store());
    seen(run, anomaly(Kind.MISSING_JOURNEY, 1), anomaly(Kind.MISSING_JOURNEY, 2));
    decide(
        decided(Kind.MISSING_JOURNEY, 1, Verdict.WAIT, "2026-03-04"),
        decided(Kind.MISSING_JOURNEY, 2, Verdict.ACKNOWLEDGED, ""));

    store().anomalies().closeUnseen(run, TODAY);
    assertThat(open(run)).containsExactly(new AnomalyCount(Kind.MISSING_JOURNEY, 2, 2, 2));

    store().anomalies().closeUnseen(run, TODAY.plusDays(1));
    assertThat(open(run)).containsExactly(new AnomalyCount(Kind.MISSING_JOURNEY, 2, 2, 1));
  }

  @Test
  default void decisionToKeep_showsThatOne_andEndsWhenItIsGone() {
    refreshFully(
        store(),
        List.of(contact(1, 1), contact(2, 2), contact(3, 2)),
        List.of(journey(7, 1), journey(8, 1), journey(9, 1)));
    RunId run = run(store());
    store().anomalies().look(run);
    decide(
        keep(Kind.SEVERAL_JOURNEYS, 1, journeyId(8).value()),
        keep(Kind.DOUBLED_PMI_ID, 2, contactId(3).value()));

    assertThat(journeysOf(1)).containsExactly(journeyId(8));
    assertThat(store().mirror().find(pmiId(2)).orElseThrow().live())
        .extracting(MirrorTable.MirroredContact::id)
        .containsExactly(contactId(3));
    assertThat(all(store().mirror().read())).allSatisfy(e -> assertThat(e.live()).hasSize(1));
    assertThat(store().mirror().findWithOthers(pmiId(1)).orElseThrow().live().get(0).journeys())
        .hasSize(3);
    assertThat(store().mirror().findWithOthers(pmiId(2)).orElseThrow().live()).hasSize(2);
    store().anomalies().look(run);
    store().anomalies().closeUnseen(run, TODAY);
    assertThat(open(run))
        .containsExactlyInAnyOrder(
            new AnomalyCount(Kind.SEVERAL_JOURNEYS, 1, 1, 1),
            new AnomalyCount(Kind.DOUBLED_PMI_ID, 1, 1, 1));

    refreshChanges(store(), List.of(), List.of(deletedJourney(8, 1)));
    assertThat(journeysOf(1)).hasSize(2);
    store().anomalies().look(run);
    store().anomalies().closeUnseen(run, TODAY);
    assertThat(open(run)).contains(new AnomalyCount(Kind.SEVERAL_JOURNEYS, 1, 1, 0));
  }

  private List<JourneyId> journeysOf(int pmiNumber) {
    return store().mirror().find(pmiId(pmiNumber)).orElseThrow().live().get(0).journeys().stream()
        .map(MirrorTable.MirroredJourney::id)
        .toList();
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
