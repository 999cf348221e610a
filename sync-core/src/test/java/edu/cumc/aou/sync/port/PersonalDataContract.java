package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.STAMP;
import static edu.cumc.aou.sync.port.StoreFixtures.all;
import static edu.cumc.aou.sync.port.StoreFixtures.contact;
import static edu.cumc.aou.sync.port.StoreFixtures.contactUpdate;
import static edu.cumc.aou.sync.port.StoreFixtures.deleted;
import static edu.cumc.aou.sync.port.StoreFixtures.deletedJourney;
import static edu.cumc.aou.sync.port.StoreFixtures.journey;
import static edu.cumc.aou.sync.port.StoreFixtures.journeyUpdate;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshChanges;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshFully;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.AnomalyTable.AnomalyCount;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.HoldTable.Kind;
import edu.cumc.aou.sync.port.MirrorTable.MirrorCounts;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.PersonalData.Removed;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link PersonalData} must do. */
public interface PersonalDataContract extends StoreContractPart {

  @Test
  default void forget_changes_countAsBefore_andNameNobody() {
    RunId run = failedRun();
    List<ChangeCount> counts = store().changes().count(run);

    Removed removed = store().personalData().forget(List.of(pmiId(1)), STAMP);

    assertThat(removed).isEqualTo(new Removed(2, 0, 0, 0));
    assertThat(store().changes().count(run)).isEqualTo(counts);
    assertThat(store().changes().history(pmiId(1), 10)).isEmpty();
    assertThat(store().changes().history(pmiId(2), 10)).hasSize(1);
    assertThat(
            store()
                .changes()
                .page(
                    run,
                    CrmObject.CONTACT,
                    EnumSet.allOf(Change.Action.class),
                    EnumSet.allOf(Change.State.class),
                    0,
                    10))
        .extracting(Change::pmiId)
        .containsExactly(pmiId(2));
  }

  @Test
  default void forget_failuresOfSeveral_areNotTakenForOneThatRepeats() {
    RunId first = failedRun();
    RunId second = failedRun();

    store().personalData().forget(List.of(pmiId(1), pmiId(2)), STAMP);

    assertThat(store().changes().repeatedFailures(second, List.of(first), 0, 10)).isEmpty();
    assertThat(store().changes().repeatedFailures(second, List.of(), 0, 10)).isEmpty();
    assertThat(store().changes().failureCauses(second)).isNotEmpty();
  }

  @Test
  default void forget_anomalies_goWithWhomTheyAreAbout() {
    RunId run = run(store());
    store()
        .anomalies()
        .seen(
            run,
            List.of(
                new Anomaly(AnomalyTable.Kind.DELETED_CONTACT, pmiId(1).value()),
                new Anomaly(AnomalyTable.Kind.NOT_TAKEN_OVER, pmiId(1).value() + " Phone"),
                new Anomaly(AnomalyTable.Kind.NOT_TAKEN_OVER, pmiId(2).value() + " Phone")));

    assertThat(store().personalData().forget(List.of(pmiId(1)), STAMP).anomalies()).isEqualTo(2);

    assertThat(store().anomalies().count(run))
        .containsExactly(new AnomalyCount(AnomalyTable.Kind.NOT_TAKEN_OVER, 1, 1, 0));
  }

  @Test
  default void forget_mirror_keepsIdsWhileSalesforceHasThem_andNothingElse() {
    mirrorTwo();

    assertThat(store().personalData().forget(List.of(pmiId(1)), STAMP))
        .isEqualTo(new Removed(0, 0, 0, 2));

    MirroredContact left = mirrored(1);
    assertThat(left.fields().isEmpty()).isTrue();
    assertThat(left.sent().asMap()).isEmpty();
    assertThat(left.journeys())
        .singleElement()
        .satisfies(j -> assertThat(j.fields().isEmpty()).isTrue());
    assertThat(mirrored(2).fields().isEmpty()).isFalse();
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(2, 2));
  }

  @Test
  default void forget_goneFromSalesforce_isMirroredNoLonger() {
    mirrorTwo();
    refreshChanges(store(), List.of(deleted(1, 1)), List.of(deletedJourney(1, 1)));

    assertThat(store().personalData().forget(List.of(pmiId(1)), STAMP))
        .isEqualTo(new Removed(0, 0, 2, 0));

    assertThat(store().mirror().find(pmiId(1))).isEmpty();
    assertThat(store().mirror().find(pmiId(2))).isPresent();
  }

  @Test
  default void forget_somebodyHeldOrUnknown_isHeldAsForgotten() {
    store().holds().put(List.of(new Hold(pmiId(1), Kind.QUARANTINE, "code", STAMP, "hash")));

    assertThat(store().personalData().forget(List.of(pmiId(1), pmiId(9)), STAMP))
        .isEqualTo(Removed.NOTHING);

    assertThat(all(store().holds().read()))
        .containsExactly(
            new Hold(pmiId(1), Kind.FORGOTTEN, "forget", STAMP, null),
            new Hold(pmiId(9), Kind.FORGOTTEN, "forget", STAMP, null));
  }

  @Test
  default void forget_twice_keepsTheFirstDay() {
    store().personalData().forget(List.of(pmiId(1)), STAMP);

    store().personalData().forget(List.of(pmiId(1), pmiId(2)), STAMP.plusSeconds(86_400));

    assertThat(all(store().holds().read()))
        .containsExactly(
            new Hold(pmiId(1), Kind.FORGOTTEN, "forget", STAMP, null),
            new Hold(pmiId(2), Kind.FORGOTTEN, "forget", STAMP.plusSeconds(86_400), null));
  }

  @Test
  default void forgetAgain_takesOutWhatARefreshBroughtBack() {
    mirrorTwo();
    store().personalData().forget(List.of(pmiId(1)), STAMP);
    mirrorTwo();
    assertThat(mirrored(1).fields().isEmpty()).isFalse();

    store().personalData().forgetAgain();

    assertThat(mirrored(1).fields().isEmpty()).isTrue();
    assertThat(mirrored(2).fields().isEmpty()).isFalse();

    refreshChanges(store(), List.of(deleted(1, 1)), List.of(deletedJourney(1, 1)));
    store().personalData().forgetAgain();

    assertThat(store().mirror().find(pmiId(1))).isEmpty();
  }

  @Test
  default void forgetAgain_moreThanOnePage_reachesEverybody() {
    int most = PersonalData.MOST + 20;
    refreshFully(
        store(),
        IntStream.rangeClosed(1, most).mapToObj(n -> contact(n, n, values("A", "x"))).toList(),
        List.of());
    store()
        .holds()
        .put(
            IntStream.rangeClosed(1, most)
                .mapToObj(n -> new Hold(pmiId(n), Kind.FORGOTTEN, "forget", STAMP, null))
                .toList());

    store().personalData().forgetAgain();

    assertThat(StoreFixtures.entries(store()))
        .hasSize(most)
        .allSatisfy(e -> assertThat(e.contacts().get(0).fields().isEmpty()).isTrue());
  }

  @Test
  default void release_ofSomebodyForgotten_dropsTheEmptiedMirror_soThatItIsReadAnew() {
    mirrorTwo();
    store().personalData().forget(List.of(pmiId(1)), STAMP);
    store().holds().put(List.of(new Hold(pmiId(2), Kind.REVIEW, "code", STAMP, null)));

    assertThat(store().holds().release(List.of(pmiId(1), pmiId(2)))).isEqualTo(2);

    assertThat(store().mirror().find(pmiId(1))).isEmpty();
    assertThat(store().mirror().find(pmiId(2))).isPresent();
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(1, 1));
  }

  @Test
  default void release_ofSomebodyWhoseContactAnUndoDeleted_dropsTheGoneContactAlone() {
    mirrorTwo();
    refreshFully(
        store(),
        List.of(contact(2, 2, values("A", "x"))),
        List.of(journey(2, 2, values("B", "x"))));
    store()
        .holds()
        .put(
            List.of(
                new Hold(pmiId(1), Kind.UNDO, HoldTable.DELETED_BY + "7", STAMP, null),
                new Hold(pmiId(2), Kind.UNDO, HoldTable.DELETED_BY + "7", STAMP, null)));
    assertThat(store().mirror().find(pmiId(1))).isPresent();

    assertThat(store().holds().release(List.of(pmiId(1), pmiId(2)))).isEqualTo(2);

    assertThat(store().mirror().find(pmiId(1))).isEmpty();
    assertThat(store().mirror().find(pmiId(2))).as("is there again").isPresent();
  }

  private void mirrorTwo() {
    refreshFully(
        store(),
        List.of(contact(1, 1, values("A", "x")), contact(2, 2, values("A", "x"))),
        List.of(journey(1, 1, values("B", "x")), journey(2, 2, values("B", "x"))));
    SentValues sent =
        SentValues.of(Map.of(new FieldName("A"), new SentValues.Mark("h", "", "", 0)));
    store()
        .mirror()
        .recordContacts(
            List.of(
                new MirrorTable.WrittenContact(contactId(1), pmiId(1), values("A", "y"), sent)));
    store()
        .mirror()
        .recordJourneys(
            List.of(new MirrorTable.WrittenJourney(journeyId(1), values("B", "y"), sent)));
  }

  private MirroredContact mirrored(int number) {
    MirrorEntry entry = store().mirror().find(pmiId(number)).orElseThrow();
    return entry.contacts().get(0);
  }

  /** The first participant has two rows, the second has one; the Contacts were refused. */
  private RunId failedRun() {
    RunId run = run(store());
    store()
        .changes()
        .append(
            run,
            List.of(
                contactUpdate(1, 1, "A", "x"),
                journeyUpdate(2, 1, "B", "x"),
                contactUpdate(3, 2, "A", "x")));
    for (long seq : List.of(1L, 3L)) {
      store()
          .changes()
          .settle(
              run,
              List.of(new Settlement(seq, Change.State.REFUSED, null, null, "CODE", List.of("A"))));
    }
    return run;
  }
}
