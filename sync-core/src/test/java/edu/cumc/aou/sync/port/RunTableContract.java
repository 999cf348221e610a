package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.STAMP;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.OrgChange;
import edu.cumc.aou.sync.model.OrgTraits;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.RunTable.OrgSeen;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a {@link RunTable} must do. */
public interface RunTableContract extends StoreContractPart {

  /** An org. */
  String ORG = "00DTEST00000001EAA";

  /** Another org. */
  String OTHER_ORG = "00DTEST00000002EAA";

  @Test
  default void runs_newStore_hasNone() {
    RunTable runs = store().runs();

    assertThat(runs.latest(10)).isEmpty();
    assertThat(runs.unfinished()).isEmpty();
    assertThat(runs.lastDone(5)).isEmpty();
    assertThat(runs.boundOrg()).isEmpty();
    assertThat(runs.find(new RunId(1))).isEmpty();
  }

  @Test
  default void create_entersARunThatIsPlanning() {
    RunId run = store().runs().create(RunMode.PLAN, ORG, "abc123", STAMP);

    assertThat(store().runs().find(run))
        .contains(
            new Run(
                run,
                RunMode.PLAN,
                RunState.PLANNING,
                ORG,
                "abc123",
                STAMP,
                null,
                Tallies.none(),
                List.of(),
                null,
                OrgSeen.NOTHING));
  }

  @Test
  default void create_again_givesTheNextNumber() {
    RunId first = create(RunMode.SYNC);
    RunId second = create(RunMode.PLAN);

    assertThat(second).isGreaterThan(first);
    assertThat(store().runs().latest(10)).extracting(Run::id).containsExactly(second, first);
  }

  @Test
  default void noteUndone_staysWithTheRun_whichIsUnfinishedLikeAnyThatWrites() {
    RunId undone = create(RunMode.SYNC);
    store().runs().finish(undone, RunState.DONE, STAMP);
    RunId run = create(RunMode.UNDO);

    store().runs().noteUndone(run, undone);
    store().runs().setState(run, RunState.APPLYING);

    assertThat(store().runs().unfinished())
        .hasValueSatisfying(
            r -> {
              assertThat(r.id()).isEqualTo(run);
              assertThat(r.undone()).isEqualTo(undone);
            });
    store().runs().finish(run, RunState.DONE, STAMP);
    assertThat(store().runs().lastDone(5)).extracting(Run::id).containsExactly(undone);
  }

  @Test
  default void setState_keepsCounts() {
    RunId run = create(RunMode.SYNC);
    store().runs().addTallies(run, Tallies.of(Map.of("contact.unchanged", 7L)));

    store().runs().setState(run, RunState.APPLYING);

    Run found = store().runs().find(run).orElseThrow();
    assertThat(found.state()).isEqualTo(RunState.APPLYING);
    assertThat(found.tallies().get("contact.unchanged")).isEqualTo(7);
    assertThat(found.finishedAt()).isNull();
  }

  @Test
  default void addTallies_putsCountsOverThoseThere() {
    RunId run = create(RunMode.SYNC);
    RunId other = create(RunMode.SYNC);
    store().runs().addTallies(run, Tallies.of(Map.of("a", 1L, "b.c", 2L)));
    store().runs().addTallies(run, Tallies.of(Map.of("b.c", 5_000_000_000L, "d", 0L)));

    assertThat(store().runs().find(run).orElseThrow().tallies())
        .isEqualTo(Tallies.of(Map.of("a", 1L, "b.c", 5_000_000_000L, "d", 0L)));
    assertThat(store().runs().find(other).orElseThrow().tallies()).isEqualTo(Tallies.none());
  }

  @Test
  default void increaseTallies_addsToThoseThere() {
    RunId run = create(RunMode.SYNC);
    store().runs().addTallies(run, Tallies.of(Map.of("a", 1L, "b.c", 2L)));
    store().runs().increaseTallies(run, Tallies.of(Map.of("b.c", 5_000_000_000L, "d", 0L)));

    assertThat(store().runs().find(run).orElseThrow().tallies())
        .isEqualTo(Tallies.of(Map.of("a", 1L, "b.c", 5_000_000_002L, "d", 0L)));
  }

  @Test
  default void finish_setsStateAndTime() {
    RunId run = create(RunMode.SYNC);
    Instant end = STAMP.plusSeconds(61);
    store().runs().addTallies(run, Tallies.of(Map.of("a", 1L)));

    store().runs().finish(run, RunState.DONE, end);

    Run found = store().runs().find(run).orElseThrow();
    assertThat(found.state()).isEqualTo(RunState.DONE);
    assertThat(found.finishedAt()).isEqualTo(end);
    assertThat(found.startedAt()).isEqualTo(STAMP);
    assertThat(found.tallies().get("a")).isEqualTo(1);
  }

  @Test
  default void latest_givesTheNewestFirstAndNoMoreThanAskedFor() {
    RunId oldest = create(RunMode.SYNC);
    RunId middle = create(RunMode.PLAN);
    RunId newest = create(RunMode.SYNC);

    assertThat(store().runs().latest(2)).extracting(Run::id).containsExactly(newest, middle);
    assertThat(store().runs().latest(9))
        .extracting(Run::id)
        .containsExactly(newest, middle, oldest);
  }

  @Test
  default void unfinished_givesTheNewestSyncThatIsNotOver() {
    RunId old = create(RunMode.SYNC);
    RunId suspended = create(RunMode.SYNC);
    store().runs().setState(suspended, RunState.SUSPENDED);
    RunId over = create(RunMode.SYNC);
    store().runs().finish(over, RunState.FAILED, STAMP);
    create(RunMode.PLAN);

    assertThat(store().runs().unfinished()).map(Run::id).contains(suspended);

    store().runs().finish(suspended, RunState.ABANDONED, STAMP);
    assertThat(store().runs().unfinished()).map(Run::id).contains(old);

    store().runs().finish(old, RunState.GUARDED, STAMP);
    assertThat(store().runs().unfinished()).isEmpty();
  }

  @Test
  default void unfinished_everyState_followsWhetherItIsTerminal() {
    RunId run = create(RunMode.SYNC);
    for (RunState state : RunState.values()) {
      store().runs().setState(run, state);

      assertThat(store().runs().unfinished().isPresent())
          .as(state.name())
          .isEqualTo(!state.isTerminal());
    }
  }

  @Test
  default void lastDone_givesSyncsThatAreDone_newestFirst() {
    RunId first = done(RunMode.SYNC, RunState.DONE);
    done(RunMode.SYNC, RunState.FAILED);
    RunId second = done(RunMode.SYNC, RunState.DONE);
    done(RunMode.PLAN, RunState.PLANNED);
    done(RunMode.PLAN, RunState.DONE);
    RunId third = done(RunMode.SYNC, RunState.DONE);
    create(RunMode.SYNC);

    assertThat(store().runs().lastDone(2)).extracting(Run::id).containsExactly(third, second);
    assertThat(store().runs().lastDone(5))
        .extracting(Run::id)
        .containsExactly(third, second, first);
  }

  @Test
  default void noteTrips_areKeptInTheirOrder() {
    RunId run = create(RunMode.SYNC);
    List<GuardTrip> trips =
        List.of(
            new GuardTrip("guards.max-updates", "too \"many\", {see} the plan"),
            new GuardTrip("guards.api-reserve", "too few calls"));

    store().runs().noteTrips(run, trips);

    assertThat(store().runs().find(run).orElseThrow().trips()).isEqualTo(trips);
    assertThat(store().runs().find(create(RunMode.SYNC)).orElseThrow().trips()).isEmpty();
  }

  @Test
  default void noteOrg_staysWithTheRun_whateverElseIsNoted() {
    RunId run = create(RunMode.SYNC);
    OrgSeen seen =
        new OrgSeen(
            "The \"Centre\"",
            "a".repeat(64),
            run,
            STAMP,
            List.of(
                new OrgChange(OrgChange.Kind.CHANGED, "field Contact.Email", "email of 80", "text"),
                new OrgChange(OrgChange.Kind.ADDED, "value \"A, b\" of Contact.X__c", "", "")));

    store().runs().noteOrg(run, seen);
    store().runs().addTallies(run, Tallies.of(Map.of("a", 1L)));
    store().runs().finish(run, RunState.DONE, STAMP);

    assertThat(store().runs().find(run).orElseThrow().org()).isEqualTo(seen);
    assertThat(store().runs().lastDone(1)).extracting(Run::org).containsExactly(seen);
    store().runs().noteOrg(run, OrgSeen.named("Centre"));
    assertThat(store().runs().find(run).orElseThrow().org()).isEqualTo(OrgSeen.named("Centre"));
  }

  @Test
  default void traits_areKeptByTheirRun_asLongAsARunGoesByThem() {
    OrgTraits traits = OrgTraits.ofStored(Map.of("FIELD|Contact|Email", "email of 80, required"));
    RunId first = done(RunMode.SYNC, RunState.DONE);
    store().org().keep(first, OrgTraits.NONE);
    store().org().keep(first, traits);
    store().runs().noteOrg(first, new OrgSeen(null, "f", first, STAMP, List.of()));
    RunId second = done(RunMode.SYNC, RunState.DONE);
    store().runs().noteOrg(second, new OrgSeen(null, "f", first, STAMP, List.of()));

    store().runs().beginRemoval(first);
    store().runs().remove(first);

    assertThat(store().org().keptBy(first)).contains(traits);
    assertThat(store().org().keptBy(second)).isEmpty();
    store().runs().beginRemoval(second);
    store().runs().remove(second);
    assertThat(store().org().keptBy(first)).isEmpty();
  }

  @Test
  default void retry_isGoneOnWith_butIsNoGoodRun() {
    RunId retry = create(RunMode.RETRY);

    assertThat(store().runs().unfinished()).map(Run::id).contains(retry);
    store().runs().finish(retry, RunState.DONE, STAMP);

    assertThat(store().runs().unfinished()).isEmpty();
    assertThat(store().runs().lastDone(5)).isEmpty();
  }

  @Test
  default void unfinishedPlans_areThoseStillPlanning() {
    RunId first = create(RunMode.PLAN);
    RunId second = create(RunMode.PLAN);
    RunId planned = create(RunMode.PLAN);
    store().runs().finish(planned, RunState.PLANNED, STAMP);
    create(RunMode.SYNC);

    assertThat(store().runs().unfinishedPlans()).extracting(Run::id).containsExactly(first, second);
  }

  @Test
  default void boundOrg_isThatOfTheOldestRun() {
    store().runs().create(RunMode.PLAN, ORG, "f", STAMP);
    store().runs().create(RunMode.SYNC, OTHER_ORG, "f", STAMP.plusSeconds(1));

    assertThat(store().runs().boundOrg()).contains(ORG);
  }

  private RunId create(RunMode mode) {
    return store().runs().create(mode, ORG, "fingerprint", STAMP);
  }

  private RunId done(RunMode mode, RunState state) {
    RunId run = create(mode);
    store().runs().finish(run, state, STAMP.plusSeconds(1));
    return run;
  }
}
