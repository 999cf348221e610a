package edu.cumc.aou.mornings.life;

import edu.cumc.aou.mornings.judge.Facts.Law;
import edu.cumc.aou.mornings.world.Edges;
import edu.cumc.aou.mornings.world.Killed;
import edu.cumc.aou.mornings.world.ShiftedClock;
import edu.cumc.aou.sync.DailySync;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.testing.Canaries;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of the program, in a process of its own. */
final class OneRun implements SyncListener {

  private static final Pattern RECORD_ID =
      Pattern.compile("\\b00[36][A-Za-z0-9]{12}([A-Z0-5]{3})?\\b");

  private static final Duration WRONG = Duration.ofMinutes(-90);

  private final Scene scene;
  private final String kind;
  private final SyncRequest request;
  private final LocalDate today;
  private final Set<String> touched = new HashSet<>();
  private final List<String> notes = new ArrayList<>();
  private final Interruptions interruptions;
  private final boolean hasDeadline;
  private final ShiftedClock clock;
  private @Nullable DailySync sync;
  private @Nullable SyncReport report;
  private @Nullable SyncException failure;
  private boolean resumed;
  private int frozen;
  private boolean overtaken;
  private boolean mustRefuse;
  private int exit;

  OneRun(Scene scene, String kind, SyncRequest asked, List<Event> during) {
    this.scene = scene;
    this.kind = kind;
    this.clock = new ShiftedClock(scene.site.clock());
    this.today = LocalDate.ofInstant(clock.instant(), ZoneId.of("America/New_York"));
    Optional<Event> deadline = during.stream().filter(e -> e.kind() == Kind.DEADLINE).findFirst();
    hasDeadline = deadline.isPresent() && kind.startsWith("sync");
    request =
        hasDeadline
            ? new SyncRequest(
                asked.mode(),
                asked.holder(),
                asked.full(),
                asked.initialLoad(),
                asked.approved(),
                clock.instant().plusSeconds(30 + deadline.get().detail() % 200))
            : asked;
    interruptions =
        new Interruptions(
            during.stream().filter(e -> e.kind() != Kind.DEADLINE).toList(),
            scene.site::orgFails,
            this::happen,
            () -> scene.site.tables().contradictions().forEach(c -> scene.found(Law.TABLES, c)));
  }

  // what came of it

  LocalDate today() {
    return today;
  }

  Set<String> touched() {
    return touched;
  }

  Interruptions interruptions() {
    return interruptions;
  }

  Optional<SyncReport> report() {
    return Optional.ofNullable(report);
  }

  /** Why it stopped as a whole, if it did. */
  Optional<SyncException> failure() {
    return Optional.ofNullable(failure);
  }

  boolean isDone() {
    return report().filter(r -> r.state() == RunState.DONE).isPresent();
  }

  boolean isResumed() {
    return resumed;
  }

  int exit() {
    return exit;
  }

  boolean isDisturbed() {
    return interruptions.fired() || hasDeadline;
  }

  // what happens meanwhile

  private void happen(Event event) {
    switch (event.kind()) {
      case FREEZE -> freeze();
      case FREEZE_AND_RIVAL -> {
        freeze();
        rival();
      }
      case RIVAL -> rival();
      case STOP -> {
        if (sync != null) {
          sync.stop();
        }
      }
      case CLOCK_BACK -> clock.shift(event.detail() % 2 == 0 ? WRONG : WRONG.negated());
      case DATABASE_CLOCK_BACK -> scene.site.databaseClock(WRONG);
      case WIRE_FAULT -> scene.site.wireFault(event.detail(), 1 + event.detail() / 100 % 4);
      case ANSWER_LOST_APPLIED -> scene.site.loseNextAnswer(true);
      case ANSWER_LOST_UNAPPLIED -> scene.site.loseNextAnswer(false);
      case FIELD_HIDDEN, FIELD_READ_ONLY, FIELD_REQUIRED, PICKLIST_SHRINKS ->
          scene.altered.alter(event.kind().name(), event.detail());
      default -> touched.addAll(scene.hands.act(event));
    }
  }

  private void freeze() {
    scene.site.clock().advance(Scene.LEASE.plusMinutes(1));
    frozen = interruptions.calls().size();
  }

  /** Another run is let in only while this one has no lease, or has let it run out. */
  private void rival() {
    List<String> calls = interruptions.calls();
    int taken = calls.indexOf("store.lease.acquire") + 1;
    boolean holds = taken > 0 && taken < calls.size() && !overtaken;
    boolean ranOut =
        frozen > 0 && !calls.subList(frozen, calls.size()).contains("store.lease.renew");
    if (!isLetIn() || !holds) {
      return;
    }
    if (ranOut) {
      overtaken = true;
    } else {
      scene.found(Law.NEVER, "a second run ran at the same time");
    }
  }

  private boolean isLetIn() {
    scene.site.watch(null);
    RunServices services = scene.open(SyncListener.NONE, scene.site.clock());
    try {
      new DailySync(services, scene.settings()).run(SyncRequest.sync("test"));
      return true;
    } catch (SyncException e) {
      return false;
    } finally {
      scene.leave(services);
      scene.site.watch(interruptions);
    }
  }

  OneRun go() {
    RunServices services = scene.open(this, clock);
    mustRefuse = scene.mustRefuse(services);
    scene.site.watch(interruptions);
    LogBook log = LogBook.open();
    try {
      sync = new DailySync(Edges.around(services, interruptions), scene.settings());
      report = sync.run(request);
      exit = report.exitCode(false);
      silent("the report", report.toString());
    } catch (SyncException e) {
      failure = e;
      exit = e.kind().exitCode();
      silent("an exception", Canaries.everythingOf(e));
      judgeFailure(e);
    } catch (Killed e) {
      exit = -1;
    } catch (RuntimeException | StackOverflowError e) {
      exit = 1;
      scene.found(Law.GOES_ON, "a defect: " + where(e));
    } finally {
      scene.site.watch(null);
      scene.site.endRun();
      scene.site.databaseClock(Duration.ZERO);
      scene.leave(services);
    }
    log.close();
    silent("the notes", String.join("\n", notes));
    silent("the log", log.text());
    if (!log.errors().isEmpty() && !isDisturbed()) {
      scene.found(Law.GOES_ON, "an error is logged without a cause: " + log.errors().get(0));
    }
    judgeEnd();
    return this;
  }

  private void judgeEnd() {
    if (report == null || report.state() != RunState.DONE) {
      return;
    }
    if (overtaken) {
      scene.found(Law.NEVER, "a run went on to its end after it lost its lease");
    }
    if (mustRefuse) {
      scene.found(Law.NEVER, "a run came to its end though the settings fit no more");
    }
  }

  private void judgeFailure(SyncException e) {
    boolean explained =
        isDisturbed()
            || (e.kind() == FailureKind.ALREADY_RUNNING && scene.leaseMayBeHeld)
            || e.kind() == FailureKind.GUARDED
            || (e.kind() == FailureKind.CONFIG && (!kind.equals("sync") || mustRefuse));
    if (e.kind() == FailureKind.BUG || !explained) {
      scene.found(Law.GOES_ON, kind + " fails without a cause: " + where(e));
    }
  }

  /** An exception, and the frames of the sync that it came by. */
  private static String where(Throwable e) {
    return Canaries.everythingOf(e)
        .lines()
        .filter(
            l ->
                !l.startsWith("\tat") || (l.contains("edu.cumc.aou.") && !l.contains(".mornings.")))
        .limit(14)
        .collect(Collectors.joining("\n"));
  }

  /** Names and values, PMI IDs, ids of records, sessions and addresses of databases. */
  private void silent(String where, String text) {
    List<String> leaks = new Canaries().leaks(where, text);
    if (!leaks.isEmpty() || RECORD_ID.matcher(text).find()) {
      scene.found(
          Law.SILENT,
          where + " quotes personal data" + (leaks.isEmpty() ? ", an id" : ": " + leaks.get(0)));
    }
  }

  @Override
  public void runStarted(RunId run, RunMode mode, boolean goesOn) {
    resumed = goesOn;
  }

  @Override
  public void stepStarted(SyncStep step) {
    interruptions.inStep(step);
  }

  @Override
  public void note(String text) {
    notes.add(text);
  }
}
