package edu.cumc.aou.sync.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import edu.cumc.aou.sync.port.LeaseTable.Busy;
import edu.cumc.aou.sync.port.LeaseTable.Granted;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The contracts of the ports are no mere words: for each promise here there is an implementation
 * that breaks it, and the test about that promise must fail with it, and with it only.
 */
class WrongPortsTest {

  private static @Nullable WrongPort wrong;
  private static int called;
  private static @Nullable Object unheld;

  /** The contract of a store, with the store that is wrong, if there is one. */
  static final class WrongStoreTest extends InMemorySyncStoreTest {
    @Override
    protected SyncStore newStore() {
      return spoilt(SyncStore.class, super.newStore());
    }
  }

  /** The contract of Salesforce likewise. */
  static final class WrongCrmTest extends InMemoryCrmTest {
    @Override
    protected TestOrg newOrg(boolean uniquePmiField) {
      return spoilt(TestOrg.class, super.newOrg(uniquePmiField));
    }
  }

  /** The contract of a source likewise. */
  static final class WrongSourceTest extends InMemoryParticipantSourceTest {
    @Override
    protected ParticipantSource source(List<RawRow> contacts, List<RawRow> journeys) {
      return spoilt(ParticipantSource.class, super.source(contacts, journeys));
    }
  }

  private static <T> T spoilt(Class<T> port, T right) {
    unheld = right;
    WrongPort planted = wrong;
    if (planted == null) {
      return right;
    }
    return new WrongPort(
            planted.method(),
            planted.words(),
            (call, arguments, answer) -> {
              called++;
              return planted.fault().call(call, arguments, answer);
            })
        .in(port, right);
  }

  /** A wrong port, and the test that is about what it does wrong. */
  record Case(Class<?> contract, String test, WrongPort port) {
    @Override
    public String toString() {
      return port + ": " + test;
    }
  }

  private static Case store(String test, WrongPort port) {
    return new Case(WrongStoreTest.class, test, port);
  }

  private static Case crm(String test, WrongPort port) {
    return new Case(WrongCrmTest.class, test, port);
  }

  private static Case source(String test, WrongPort port) {
    return new Case(WrongSourceTest.class, test, port);
  }

  private static Object grantedToEverybody(Object answer) {
    return answer instanceof Busy ? new Granted(99, false) : answer;
  }

  private static Object neverTakenOver(Object answer) {
    return answer instanceof Granted granted ? new Granted(granted.token(), false) : answer;
  }

  static Stream<Case> cases() {
    return Stream.of(
        store(
            "acquire_heldLease_saysWhoHoldsIt",
            WrongPort.gives(
                "lease.acquire", "two hold the lease", WrongPortsTest::grantedToEverybody)),
        store(
            "acquire_leaseThatRanOut_isTakenOver",
            WrongPort.gives(
                "lease.acquire", "a takeover is not told", WrongPortsTest::neverTakenOver)),
        store(
            "acquire_releasedLease_isGrantedWithAHigherToken", WrongPort.ignores("lease.release")),
        store("acquire_suspendedLease_isGrantedAtOnce", WrongPort.ignores("lease.suspend")),
        store("renew_leaseTakenOver_isAlreadyRunning", WrongPort.ignores("lease.renew")),
        store("renew_heldLease_extendsIt", WrongPort.ignores("lease.renew")),
        store(
            "under_leaseTakenOver_refusesEveryWrite_andReadsOn",
            new WrongPort("under", "a hold is not checked", (right, given, answer) -> unheld)),
        store("finish_setsStateAndTime", WrongPort.ignores("runs.finish")),
        store("setState_keepsCounts", WrongPort.ignores("runs.setState")),
        store("addTallies_putsCountsOverThoseThere", WrongPort.ignores("runs.addTallies")),
        store("increaseTallies_addsToThoseThere", WrongPort.doesTwice("runs.increaseTallies")),
        store("unfinished_givesTheNewestSyncThatIsNotOver", WrongPort.ignores("runs.unfinished")),
        store("boundOrg_isThatOfTheOldestRun", WrongPort.ignores("runs.boundOrg")),
        store(
            "removable_runThatPutSomebodyOnHold_isNone_untilTheHoldGoes",
            WrongPort.ignores("holds.put")),
        store("markSent_setsStateAndCountsTheAttempt", WrongPort.doesTwice("changes.markSent")),
        store("settle_done_storesTheIds", WrongPort.ignores("changes.settle")),
        store("page_goesOnAfterASeqUntilThereAreNoMore", WrongPort.losesTheLast("changes.page")),
        store(
            "resolveAwaiting_oneJourney_makesTheRowPlanned",
            WrongPort.ignores("changes.resolveAwaiting")),
        store("discard_removesTheRowsOfOneRun", WrongPort.ignores("changes.discard")),
        store("jobs_inFlight_areThoseOfTheRunThatAreNotDone", WrongPort.ignores("jobs.setState")),
        store("put_holdsAreReadInOrder", WrongPort.losesTheLast("holds.read")),
        store("release_liftsThoseNamedAndSaysHowManyThereWere", WrongPort.ignores("holds.release")),
        store("seen_countsByKind", WrongPort.ignores("anomalies.seen")),
        store("closeUnseen_closesWhatTheRunDidNotSee", WrongPort.ignores("anomalies.closeUnseen")),
        store("change_replacesAndRemoves", WrongPort.ignores("flaws.change")),
        store("attempts_areKept_newestFirst", WrongPort.losesTheLast("attempts.latest")),
        store("writeBack_goneRecords_areTakenOut", WrongPort.ignores("ids.writeBack")),
        store(
            "recordContacts_mirroredContact_putsValuesAndMarksOver",
            WrongPort.ignores("mirror.recordContacts")),
        store(
            "recordJourneys_mirroredJourney_putsValuesAndMarksOver",
            WrongPort.ignores("mirror.recordJourneys")),
        store(
            "keepUnchanged_isGivenWithTheKey_andReplaced",
            WrongPort.ignores("mirror.keepUnchanged")),
        store("read_manyRecords_givesEachParticipantOnce", WrongPort.losesTheLast("mirror.read")),
        store("state_isWhatWasCommitted", WrongPort.ignores("mirror.begin.commit")),
        store(
            "forget_changes_countAsBefore_andNameNobody", WrongPort.ignores("personalData.forget")),
        crm("contacts_all_areThoseWithAPmiId", WrongPort.losesTheLast("crm.contacts")),
        crm("read_moreThanOnePage_isComplete", WrongPort.losesTheLast("crm.contacts")),
        crm("journeys_appearAndBelongToTheirContacts", WrongPort.losesTheLast("crm.journeys")),
        crm(
            "contactsById_giveWhatIsThereNow_whateverThePmiId",
            WrongPort.ignores("crm.contactsById")),
        crm(
            "changedByOthers_areThoseThatSomebodyElseChangedLast",
            WrongPort.ignores("crm.changedByOthers")),
        crm(
            "stampsOfOthers_leaveOutWhatOurUserChangedLast_andNothingThatIsDeleted",
            WrongPort.losesTheLast("crm.stampsOfOthers")),
        crm(
            "stamps_areThoseOfAllRecordsThatChangedInAnInterval",
            WrongPort.losesTheLast("crm.stamps")),
        crm(
            "count_changedSince_agreesWithWhatIsRead",
            WrongPort.<Long>gives("crm.count", "one too many is counted", count -> count + 1)),
        crm("write_updates_setAndClearOnlyWhatTheyName", WrongPort.ignores("crm.write")),
        crm("write_createsTwiceInAnOrgThatForbidsIt_areRefused", WrongPort.ignores("crm.write")),
        crm("takeUp_jobAtWork_isFollowedToItsEnd", WrongPort.ignores("crm.takeUp")),
        crm(
            "stopJob_endsOneThatHasNotBegun_andOneThatNobodyKnowsIsOver",
            WrongPort.ignores("crm.stopJob")),
        source("read_anyOrderOfRows_ordersByPmiId", WrongPort.losesTheLast("read")),
        source("read_manyRows_givesEachParticipantOnce", WrongPort.losesTheLast("read")),
        source("find_givesWhatReadGives", WrongPort.ignores("find")),
        source(
            "values_mostFrequentFirst_withoutNullAndRowsWithoutKey",
            WrongPort.losesTheLast("values")),
        source("longest_measuresEachColumn_withoutBlanksAtTheEnd", WrongPort.ignores("longest")),
        source("times_countsValues_andThoseThatAreNotMidnight", WrongPort.ignores("times")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void wrongPort_failsTheTestThatIsAboutIt(Case broken) {
    assertThat(failures(broken, null)).as("with the right port").isEmpty();

    called = 0;
    List<Throwable> failures = failures(broken, broken.port());

    assertThat(called).as("calls of what is wrong").isPositive();
    assertThat(failures).as("failures of %s", broken.test()).isNotEmpty();
  }

  private static List<Throwable> failures(Case broken, @Nullable WrongPort port) {
    Method test =
        Stream.<Class<?>>iterate(broken.contract(), Objects::nonNull, Class::getSuperclass)
            .flatMap(t -> Stream.of(t.getDeclaredMethods(), t.getMethods()))
            .flatMap(Arrays::stream)
            .filter(method -> method.getName().equals(broken.test()))
            .findFirst()
            .orElseThrow();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectMethod(broken.contract(), test))
            .filters(EngineFilter.includeEngines("junit-jupiter"))
            .build();
    List<Throwable> failures = new ArrayList<>();
    int[] ran = {0};
    wrong = port;
    try {
      LauncherFactory.create()
          .execute(
              request,
              new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier id, TestExecutionResult result) {
                  ran[0] += id.isTest() ? 1 : 0;
                  result.getThrowable().ifPresent(failures::add);
                }
              });
    } finally {
      wrong = null;
    }
    assertThat(ran[0]).as("tests that ran").isPositive();
    return failures;
  }
}
