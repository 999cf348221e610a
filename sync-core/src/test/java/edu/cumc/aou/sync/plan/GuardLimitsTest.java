package edu.cumc.aou.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.Change.Action;
import edu.cumc.aou.sync.model.Change.State;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.plan.Guards.PlanFigures;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.CrmUsage;
import edu.cumc.aou.sync.port.MirrorTable.MirrorCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit lets through what it allows, and not one more. */
class GuardLimitsTest {

  private static final String SETTINGS =
      """
      max-rejected.number = 2, max-inserts.number = 10, max-updates.number = 20
      max-clears.number = 30, max-field-clears.number = 3, max-withdrawals.number = 4
      max-deletes.number = 5, api-reserve = 10%
      """;

  private final Guards guards =
      new Guards(
          GuardSettings.read(
              ConfigSection.root(ConfigFactory.parseString(SETTINGS), new ConfigProblems())),
          new RunId(7));

  private final Map<String, Long> tallies = new HashMap<>(Map.of("contact.rows", 200L));
  private CrmUsage usage = CrmUsage.NONE;

  private List<GuardTrip> check(List<ChangeCount> counts, long clears, long withdrawals) {
    return guards.checkPlan(
        new PlanFigures(
            Tallies.of(tallies),
            counts,
            clears,
            withdrawals,
            new MirrorCounts(150, 150),
            usage,
            "approve it"),
        false,
        false);
  }

  private static ChangeCount planned(CrmObject object, Action action, long count) {
    return new ChangeCount(object, action, State.PLANNED, "", count);
  }

  @ParameterizedTest
  @CsvSource({
    "CONTACT, INSERT, 10, guards.max-inserts, new Contacts",
    "CONTACT, ADOPT, 10, guards.max-inserts, new Contacts",
    "CONTACT, RESTORE, 10, guards.max-inserts, new Contacts",
    "CONTACT, UPDATE, 20, guards.max-updates, Contact updates",
    "JOURNEY, UPDATE, 20, guards.max-updates, journey updates",
    "CONTACT, DELETE, 5, guards.max-deletes, Contacts to delete",
  })
  void changes_asManyAsAllowedPass_andOneMoreTrips(
      CrmObject object, Action action, long allowed, String guard, String what) {
    assertThat(check(List.of(planned(object, action, allowed)), 0, 0)).isEmpty();
    assertThat(check(List.of(planned(object, action, allowed + 1)), 0, 0))
        .singleElement()
        .satisfies(
            trip -> {
              assertThat(trip.guard()).isEqualTo(guard);
              assertThat(trip.message())
                  .startsWith((allowed + 1) + " " + what)
                  .contains("allowed are " + allowed)
                  .contains("approve it, or raise the setting");
            });
  }

  @Test
  void inserts_adoptionsAndRestores_countTogether() {
    assertThat(
            check(
                List.of(
                    planned(CrmObject.CONTACT, Action.INSERT, 4),
                    planned(CrmObject.CONTACT, Action.ADOPT, 4),
                    planned(CrmObject.CONTACT, Action.RESTORE, 3)),
                0,
                0))
        .extracting(GuardTrip::message)
        .allSatisfy(message -> assertThat(message).startsWith("11 new Contacts, allowed are 10"))
        .hasSize(1);
  }

  @Test
  void journeysThatWaitForTheirContact_areNoUpdates() {
    assertThat(
            check(
                List.of(
                    new ChangeCount(
                        CrmObject.JOURNEY, Action.UPDATE, State.AWAITING_JOURNEY, "", 500)),
                0,
                0))
        .isEmpty();
  }

  @Test
  void clearsAndWithdrawals_asManyAsAllowedPass_andOneMoreTrips() {
    assertThat(check(List.of(), 30, 4)).isEmpty();
    assertThat(check(List.of(), 31, 5))
        .extracting(GuardTrip::guard)
        .containsExactly("guards.max-clears", "guards.max-withdrawals");
  }

  @Test
  void withdrawalsTakenBack_fewPass_andManyTrip() {
    tallies.put("journey.withdrawals-taken-back", 4L);
    assertThat(check(List.of(), 0, 0)).isEmpty();

    tallies.put("journey.withdrawals-taken-back", 5L);
    assertThat(check(List.of(), 0, 0))
        .singleElement()
        .satisfies(
            trip -> {
              assertThat(trip.guard()).isEqualTo("guards.max-withdrawals");
              assertThat(trip.message()).startsWith("5 withdrawals taken back, allowed are 4; ");
            });
  }

  @Test
  void correctionsOfAnEarlierVersion_areToldOfEachLimit() {
    tallies.putAll(
        Map.of(
            "contact.corrected.insert", 6L,
            "contact.corrected.adopt", 1L,
            "contact.corrected-clears", 11L,
            "journey.corrected-clears", 12L));

    List<GuardTrip> trips =
        check(
            List.of(
                planned(CrmObject.CONTACT, Action.INSERT, 9),
                planned(CrmObject.CONTACT, Action.ADOPT, 9)),
            40,
            0);

    assertThat(trips)
        .extracting(GuardTrip::message)
        .satisfiesExactly(
            inserts -> assertThat(inserts).startsWith("18 new Contacts (7 of them only correct"),
            clears -> assertThat(clears).startsWith("40 fields cleared (23 of them only correct"));
  }

  @Test
  void rejected_tellsWhereToLook() {
    tallies.put("contact.rejected.malformed-pmi-id", 3L);

    assertThat(check(List.of(), 0, 0))
        .singleElement()
        .satisfies(
            trip ->
                assertThat(trip.message())
                    .startsWith("3 rejected participants, allowed are 2")
                    .contains("aou-sync failures 7 lists them"));
  }

  @Test
  void rejected_aShare_isOfTheParticipants_andNotOfTheirRows() {
    Guards shares =
        new Guards(
            GuardSettings.read(
                ConfigSection.root(
                    ConfigFactory.parseString("max-rejected.share = 10%"), new ConfigProblems())));
    // 100 participants, each with a second row
    Tallies doubled =
        Tallies.of(
            Map.of(
                "contact.rows", 200L,
                "contact.surplus-rows", 100L,
                "contact.rejected.malformed-pmi-id", 11L));

    assertThat(
            shares.checkPlan(
                new PlanFigures(
                    doubled,
                    List.of(),
                    0,
                    0,
                    new MirrorCounts(100, 100),
                    CrmUsage.NONE,
                    "approve it"),
                false,
                false))
        .singleElement()
        .satisfies(
            trip ->
                assertThat(trip.message())
                    .startsWith("11 rejected participants, allowed are 10")
                    .contains("aou-sync failures lists them"));
  }

  @ParameterizedTest
  @CsvSource({
    // a call for each 200 changes that have begun, of each sort
    "INSERT, 400, 897, true",
    "INSERT, 400, 898, false",
    "UPDATE, 0, 899, true",
    "UPDATE, 0, 900, false",
    "REJECT, 4000, 900, true",
    "NOTE, 4000, 900, true",
  })
  void calls_thePlanMayUseWhatIsLeftAboveTheReserve(
      Action action, long count, long used, boolean passes) {
    usage = new CrmUsage(0, Map.of(), used, 1000);

    List<GuardTrip> trips =
        guards.checkPlan(
            new PlanFigures(
                Tallies.of(tallies),
                List.of(planned(CrmObject.JOURNEY, action, count)),
                0,
                0,
                new MirrorCounts(150, 150),
                usage,
                "approve it"),
            false,
            true);

    assertThat(trips.isEmpty()).as(trips.toString()).isEqualTo(passes);
    if (!passes) {
      assertThat(trips.get(0).message())
          .contains("reserve of 100; run later, or lower the setting")
          .doesNotContain("correct");
    }
  }

  @Test
  void calls_ofCorrections_areTold() {
    usage = new CrmUsage(0, Map.of(), 950, 1000);
    tallies.putAll(Map.of("contact.corrected.update", 5L, "contact.corrected-clears", 4L));

    assertThat(check(List.of(), 0, 0))
        .singleElement()
        .satisfies(
            trip ->
                assertThat(trip.message())
                    .startsWith("about 0 API calls are needed and 950 of 1,000 are used today")
                    .contains("(5 of the changes only correct"));
  }
}
