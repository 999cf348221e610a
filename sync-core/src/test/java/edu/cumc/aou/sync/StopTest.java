package edu.cumc.aou.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.Pause;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceCounts;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceQuery;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.RunServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person or a scheduler asks a run to stop, by Ctrl-C or by a signal. */
class StopTest {

  private final SyncWorld world = new SyncWorld(true);
  private final AtomicReference<DailySync> sync = new AtomicReference<>();

  /** A sync that is asked to stop when a step begins. */
  private DailySync stoppedAt(SyncStep stopAt) {
    return listening(
        new SyncListener() {
          @Override
          public void stepStarted(SyncStep step) {
            if (step == stopAt) {
              sync.get().stop();
            }
          }

          @Override
          public void note(String text) {
            world.notes.add(text);
          }
        });
  }

  private DailySync listening(SyncListener listener) {
    world.load();
    RunServices services = world.services();
    sync.set(
        new DailySync(
            new RunServices(
                services.source(),
                services.crm(),
                services.store(),
                services.clock(),
                services.pause(),
                listener),
            world.settings()));
    return sync.get();
  }

  private static SyncRequest initialLoad() {
    return new SyncRequest(RunMode.SYNC, "test", false, true, null, null);
  }

  @Test
  void stops_howeverMany_areNoRunThatComesNoFurther() {
    world.people(1, 450);

    for (int stops = 0; stops < 6; stops++) {
      SyncReport report = stoppedAt(SyncStep.APPLY_CONTACTS).run(initialLoad());
      assertThat(report.state()).isEqualTo(RunState.SUSPENDED);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"APPLY_CONTACTS", "AWAIT_JOURNEYS", "APPLY_JOURNEYS"})
  void stop_whileThereIsSomethingToSend_leavesTheRestToTheNextRun_atOnce(SyncStep step) {
    world.people(1, 450);
    SyncReport report = stoppedAt(step).run(initialLoad());
    assertThat(report.state()).isEqualTo(RunState.SUSPENDED);
    assertThat(world.notes).anyMatch(n -> n.startsWith("stopped as asked"));

    SyncReport rest = world.sync().run(SyncRequest.sync("other"));
    assertThat(rest.run()).isEqualTo(report.run());
    assertThat(rest.state()).isEqualTo(RunState.DONE);
    assertThat(rest.contacts().inserted()).isEqualTo(450);
    assertThat(rest.ids().complete()).isEqualTo(450);
    assertThat(world.nextSync().plannedTotal()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"REFRESH_MIRROR", "PLAN", "CHECK_GUARDS"})
  void stop_beforeTheFirstWrite_givesTheRunUp_andLetsTheStoreGo(SyncStep step) {
    world.people(1, 450);
    assertThatThrownBy(() -> stoppedAt(step).run(initialLoad()))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE))
        .hasMessageContaining("stopped as asked", "nothing was changed in Salesforce");
    assertThat(world.store.runs().find(new RunId(1)).orElseThrow().state())
        .isEqualTo(RunState.FAILED);

    SyncReport next = world.sync().run(initialLoad());
    assertThat(next.run()).isEqualTo(new RunId(2));
    assertThat(next.contacts().inserted()).isEqualTo(450);
  }

  @Test
  void stop_inTheMiddleOfTheComparison_doesNotWaitForItsEnd() {
    world.people(1, 5_000);
    AtomicReference<Long> compared = new AtomicReference<>(0L);
    DailySync run =
        listening(
            new SyncListener() {
              @Override
              public void progress(SyncStep step, long done, long total) {
                compared.set(done);
                sync.get().stop();
              }
            });
    assertThatThrownBy(() -> run.run(initialLoad())).hasMessageContaining("stopped as asked");
    assertThat(compared.get()).isPositive().isLessThan(5_000);
  }

  @Test
  void stop_whileTheSourceIsBeingLoaded_endsTheWait() {
    world.people(1, 3);
    world.load();
    RunServices services = world.services();
    SyncListener stopping =
        new SyncListener() {
          @Override
          public void note(String text) {
            if (text.startsWith("the source is being loaded")) {
              sync.get().stop();
            }
          }
        };
    sync.set(
        new DailySync(
            new RunServices(
                new LoadingSource(services.source()),
                services.crm(),
                services.store(),
                services.clock(),
                services.pause(),
                stopping),
            world.settings()));
    assertThatThrownBy(() -> sync.get().run(initialLoad()))
        .hasMessageContaining("stopped as asked");
    assertThat(world.pause.pauses()).isEmpty();
  }

  @Test
  void stop_whileJourneysAreAwaited_isHeardWithinSeconds() {
    world.people(1, 3);
    world.load();
    RunServices services = world.services();
    List<Duration> pauses = new ArrayList<>();
    Pause pause =
        duration -> {
          pauses.add(duration);
          if (pauses.size() == 4) {
            sync.get().stop();
          }
          services.pause().forDuration(duration);
        };
    sync.set(
        new DailySync(
            new RunServices(
                services.source(),
                services.crm(),
                services.store(),
                services.clock(),
                pause,
                SyncListener.NONE),
            world.settings()));
    assertThat(sync.get().run(initialLoad()).state()).isEqualTo(RunState.SUSPENDED);
    assertThat(pauses).hasSize(4).allMatch(p -> p.compareTo(Duration.ofSeconds(2)) <= 0);
  }

  @Test
  void stop_beforeTheRun_startsNone() {
    world.people(1, 3);
    DailySync run = stoppedAt(SyncStep.CLOSE);
    run.stop();
    assertThatThrownBy(() -> run.run(initialLoad())).hasMessageContaining("stopped as asked");
    assertThat(world.store.runs().find(new RunId(1))).isEmpty();
  }

  /** A source that always says that its load is still going on. */
  private record LoadingSource(ParticipantSource source) implements ParticipantSource {
    @Override
    public SourceColumns columns(SourceRelation relation) {
      return source.columns(relation);
    }

    @Override
    public List<ValueCount> values(SourceRelation relation, String column, int most) {
      return source.values(relation, column, most);
    }

    @Override
    public Map<String, Long> longest(SourceRelation relation, List<String> columns) {
      return source.longest(relation, columns);
    }

    @Override
    public Map<String, TimeCount> times(SourceRelation relation, List<String> columns) {
      return Map.of();
    }

    @Override
    public SourceCounts counts() {
      SourceCounts counts = source.counts();
      return new SourceCounts(counts.contacts(), counts.journeys(), "", true);
    }

    @Override
    public Cursor<SourceEntry> read(SourceQuery query) {
      return source.read(query);
    }
  }
}
