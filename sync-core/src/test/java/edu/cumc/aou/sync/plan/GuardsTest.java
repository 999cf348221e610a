package edu.cumc.aou.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.CrmUsage;
import edu.cumc.aou.sync.port.MirrorTable.MirrorCounts;
import edu.cumc.aou.sync.port.RunTable.OrgSeen;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SourceCounts;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardsTest {

  private final Guards guards = new Guards(defaults());

  private static GuardSettings defaults() {
    return SyncSettings.read(
            ConfigSection.root(SyncSettings.defaults().resolve(), new ConfigProblems()))
        .guards();
  }

  private static Run doneWith(long rows) {
    return new Run(
        new RunId(1),
        RunMode.SYNC,
        RunState.DONE,
        "org",
        "print",
        Instant.EPOCH,
        Instant.EPOCH,
        Tallies.of(Map.of("contact.rows", rows, "journey.rows", rows)),
        List.of(),
        null,
        OrgSeen.NOTHING);
  }

  @Test
  void checkSource_emptyRelation_trips() {
    assertThat(guards.checkSource(new SourceCounts(0, 5), List.of()))
        .extracting(GuardTrip::guard)
        .containsExactly("guards.min-contacts");
    assertThat(guards.checkSource(new SourceCounts(5, 0), List.of()))
        .extracting(GuardTrip::guard)
        .containsExactly("guards.min-journeys");
  }

  @Test
  void checkSource_aTwentiethFewer_passes_andMoreThanThatTrips() {
    assertThat(guards.checkSource(new SourceCounts(950, 1000), List.of(doneWith(1000)))).isEmpty();
    assertThat(guards.checkSource(new SourceCounts(949, 1000), List.of(doneWith(1000))))
        .singleElement()
        .satisfies(
            t -> assertThat(t.message()).contains("949").contains("5.1% fewer than the 1,000"));
  }

  @Test
  void checkSource_lookTheBestOfTheLastGoodRuns() {
    assertThat(
            guards.checkSource(new SourceCounts(900, 1000), List.of(doneWith(940), doneWith(1000))))
        .hasSize(1);
  }

  private static Guards.PlanFigures figures(
      long inserts, long updates, long clears, long withdrawals, long mirrored) {
    return new Guards.PlanFigures(
        Tallies.of(Map.of("contact.rows", 10_000L, "contact.rejected.malformed-pmi-id", 5L)),
        List.of(
            new ChangeCount(
                CrmObject.CONTACT, Change.Action.INSERT, Change.State.PLANNED, "", inserts),
            new ChangeCount(
                CrmObject.JOURNEY,
                Change.Action.UPDATE,
                Change.State.AWAITING_JOURNEY,
                "",
                inserts),
            new ChangeCount(
                CrmObject.CONTACT, Change.Action.UPDATE, Change.State.PLANNED, "", updates)),
        clears,
        withdrawals,
        new MirrorCounts(mirrored, mirrored),
        CrmUsage.NONE,
        "approve it");
  }

  @Test
  void checkPlan_ordinaryDay_passes() {
    assertThat(guards.checkPlan(figures(30, 200, 10, 2, 10_000), false, false)).isEmpty();
  }

  @Test
  void checkPlan_tooManyOfEachSort_trips() {
    assertThat(guards.checkPlan(figures(501, 5001, 501, 101, 10_000), false, false))
        .extracting(GuardTrip::guard)
        .containsExactly(
            "guards.max-inserts",
            "guards.max-updates",
            "guards.max-clears",
            "guards.max-withdrawals");
  }

  @Test
  void checkPlan_approvedPlan_mayBeLarge() {
    assertThat(guards.checkPlan(figures(501, 5001, 501, 101, 10_000), false, true)).isEmpty();
  }

  @Test
  void checkPlan_initialLoad_liftsTheInsertGuardOnlyIntoAnEmptyMirror() {
    assertThat(guards.checkPlan(figures(9000, 0, 0, 0, 0), false, false))
        .singleElement()
        .satisfies(t -> assertThat(t.message()).contains("--initial-load"));
    assertThat(guards.checkPlan(figures(9000, 0, 0, 0, 99), true, false)).isEmpty();
    assertThat(guards.checkPlan(figures(9000, 0, 0, 0, 100), true, false))
        .extracting(GuardTrip::guard)
        .containsExactly("guards.max-inserts");
    assertThat(guards.checkPlan(figures(9000, 5001, 0, 0, 0), true, false))
        .extracting(GuardTrip::guard)
        .containsExactly("guards.max-updates");
  }

  @Test
  void checkPlan_callsThatOthersNeed_trip() {
    Guards.PlanFigures quiet = figures(30, 200, 10, 2, 10_000);
    Guards.PlanFigures busy =
        new Guards.PlanFigures(
            quiet.tallies(),
            quiet.counts(),
            10,
            2,
            quiet.mirror(),
            new CrmUsage(5, Map.of(), 13_600, 15_000),
            "approve it");
    assertThat(guards.checkPlan(busy, false, true))
        .extracting(GuardTrip::guard)
        .containsExactly("guards.api-reserve");
  }

  @Test
  void checkPlan_manyRejected_tripsEvenWhenApproved() {
    Guards.PlanFigures quiet = figures(30, 200, 10, 2, 10_000);
    Guards.PlanFigures broken =
        new Guards.PlanFigures(
            Tallies.of(
                Map.of("contact.rows", 10_000L, "contact.rejected.contradicting-rows", 201L)),
            quiet.counts(),
            10,
            2,
            quiet.mirror(),
            CrmUsage.NONE,
            "approve it");
    assertThat(guards.checkPlan(broken, false, true))
        .extracting(GuardTrip::guard)
        .containsExactly("guards.max-rejected");
  }
}
