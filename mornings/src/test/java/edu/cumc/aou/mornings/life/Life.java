package edu.cumc.aou.mornings.life;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.mornings.judge.Facts.Causes;
import edu.cumc.aou.mornings.judge.Facts.Law;
import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rules;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.Facts.Violation;
import edu.cumc.aou.mornings.judge.Judge;
import edu.cumc.aou.mornings.judge.UndoJudge;
import edu.cumc.aou.mornings.plant.Planted;
import edu.cumc.aou.mornings.world.Edges;
import edu.cumc.aou.mornings.world.Killed;
import edu.cumc.aou.mornings.world.Site;
import edu.cumc.aou.sync.DailySync;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.SyncListener;
import edu.cumc.aou.sync.SyncReport;
import edu.cumc.aou.sync.SyncRequest;
import edu.cumc.aou.sync.SyncSettings;
import edu.cumc.aou.sync.SyncStep;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.run.Forgetting;
import edu.cumc.aou.sync.run.PlanDigest;
import edu.cumc.aou.sync.run.Retries;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.testing.Canaries;
import edu.cumc.aou.sync.testing.TestParticipants;
import edu.cumc.aou.sync.testing.VirtualPause;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lives through a schedule and has each morning judged. */
public final class Life {

  private static final Duration LEASE = Duration.ofMinutes(5);

  /** Small populations reach any share; what guards do has mornings of its own. */
  private static final String NO_GUARDS =
      """
      contact.account-id = 001Hx0000000001IAA
      guards { min-contacts = 0, min-journeys = 0, max-shrink = 100%, max-skipped = 100%
        max-rejected.share = 100%, max-inserts.share = 100%, max-updates.share = 100%
        max-clears.share = 100%, max-withdrawals.share = 100% }
      """;

  /**
   * What came of a life.
   *
   * @param violations what was wrong, with the day
   * @param mornings how many runs there were
   */
  public record Outcome(List<String> violations, Set<Law> laws, int mornings) {
    public boolean isGood() {
      return violations.isEmpty();
    }
  }

  private final Schedule schedule;
  private final Site site;
  private final UnaryOperator<RunServices> fault;
  private final Matrix matrix;
  private final Town town;
  private final Hands hands;
  private final SyncSettings settings;
  private final List<Source> loads = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final Set<Law> laws = new HashSet<>();
  private final Set<String> forgotten = new HashSet<>();
  private final Map<RunId, List<Org>> orgs = new HashMap<>();
  private int day;
  private int mornings;
  private boolean leaseMayBeHeld;
  private @Nullable RunId lastDone;

  private Life(Schedule schedule, Site site, @Nullable Planted planted, Matrix matrix) {
    this.schedule = schedule;
    this.site = site;
    this.fault = planted == null ? UnaryOperator.identity() : planted::around;
    if (planted != null) {
      site.tamper(planted::sent);
    }
    this.matrix = matrix;
    this.town = new Town(RawRow.Type.DATE);
    this.hands = new Hands(site);
    this.settings = settings(schedule.hocon() + (planted == null ? "" : planted.hocon()));
  }

  private static final Config DEFAULTS = SyncSettings.defaults().resolve();

  /** The settings of a site. */
  public static SyncSettings settings(String hocon) {
    ConfigProblems problems = new ConfigProblems();
    SyncSettings settings =
        SyncSettings.read(
            ConfigSection.root(
                ConfigFactory.parseString(NO_GUARDS + hocon).withFallback(DEFAULTS), problems));
    problems.throwIfAny();
    return settings;
  }

  /** Lives through it at a new site. */
  public static Outcome live(Schedule schedule, Site site, Matrix matrix) {
    return new Life(schedule, site, null, matrix).live();
  }

  /** Lives through it with a fault that the judge should find. */
  public static Outcome live(Schedule schedule, Site site, Matrix matrix, Planted planted) {
    return new Life(schedule, site, planted, matrix).live();
  }

  private Outcome live() {
    town.settle(schedule.people());
    for (day = 1; day <= schedule.days() && violations.isEmpty(); day++) {
      day(schedule.of(day));
    }
    if (violations.isEmpty()) {
      rest();
    }
    return new Outcome(List.copyOf(violations), laws, mornings);
  }

  private void day(List<Event> events) {
    for (Event event : events) {
      if (event.at() == 0) {
        switch (event.kind().actor()) {
          case SOURCE -> town.live(event);
          case STAFF, AUTOMATION -> hands.act(event);
          default -> {}
        }
      }
    }
    load(has(events, Kind.HALF_LOAD), has(events, Kind.REVERTED_LOAD));
    List<Event> during = events.stream().filter(e -> e.at() > 0).toList();
    operate(events, during);
    site.clock().advance(Duration.ofHours(24));
  }

  private static boolean has(List<Event> events, Kind kind) {
    return events.stream().anyMatch(e -> e.kind() == kind);
  }

  private void load(boolean half, boolean reverted) {
    Source load = town.load(half, reverted);
    loads.add(load);
    site.load(load);
  }

  /** The day's run, or what the operator does instead. */
  private void operate(List<Event> events, List<Event> during) {
    if (has(events, Kind.RELEASES)) {
      release(false);
    }
    events.stream().filter(e -> e.kind() == Kind.FORGETS).forEach(this::forget);
    boolean full = has(events, Kind.FULL);
    if (has(events, Kind.PLANNED)) {
      planned(during);
    } else if (has(events, Kind.PLAN_ONLY)) {
      run("plan", SyncRequest.plan("test"), List.of());
      run("sync", sync(full, null), during);
    } else {
      run("sync", sync(full, null), during);
    }
    if (has(events, Kind.RETRIES)) {
      retry();
    }
    if (has(events, Kind.UNDOES)) {
      undo();
    }
  }

  private static SyncRequest sync(boolean full, @Nullable Instant deadline) {
    return new SyncRequest(RunMode.SYNC, "test", full, false, null, deadline);
  }

  private void planned(List<Event> during) {
    SyncReport plan = run("plan", SyncRequest.plan("test"), List.of());
    if (plan == null || plan.state() != RunState.PLANNED) {
      run("sync", sync(false, null), during);
      return;
    }
    RunServices services = site.open(SyncListener.NONE);
    String digest = PlanDigest.of(services.store().changes(), plan.run());
    site.leave(services);
    run(
        "sync --plan",
        new SyncRequest(
            RunMode.SYNC,
            "test",
            false,
            false,
            new SyncRequest.ApprovedPlan(plan.run(), digest),
            null),
        during);
  }

  private void retry() {
    RunServices services = site.open(SyncListener.NONE);
    Set<PmiId> candidates = Retries.candidates(services.store());
    site.leave(services);
    if (!candidates.isEmpty()) {
      run("retry", SyncRequest.retry("test", candidates, false), List.of());
    }
  }

  private void undo() {
    List<Org> undone = lastDone == null ? null : orgs.get(lastDone);
    if (undone == null) {
      return;
    }
    Org before = site.org();
    SyncReport report = run("undo", SyncRequest.undo("test", lastDone, null), List.of());
    if (report != null && report.state() == RunState.DONE) {
      if (hands.rewritten().isEmpty()) {
        Set<String> not = new HashSet<>(hands.refused());
        not.addAll(forgotten);
        heldAfter(before, site.org(), not);
        add(UndoJudge.back(undone, List.of(before, site.org()), loads.get(loads.size() - 1), not));
      }
      lastDone = null;
    }
  }

  /** The source still says what was wrong, so that whoever got something back is held. */
  private void heldAfter(Org before, Org after, Set<String> not) {
    List<String> held =
        site.names().stream().filter(n -> n.where().equals("HOLD")).map(Name::pmi).toList();
    after
        .contacts()
        .forEach(
            (id, contact) -> {
              String pmi = contact.fields().getOrDefault("HP_PMI_ID__c", "");
              if (!contact.equals(before.contacts().get(id))
                  && !pmi.isEmpty()
                  && !held.contains(pmi)
                  && !not.contains(pmi)) {
                add(List.of(new Violation(Law.BACK, pmi + " got something back and is not held")));
              }
            });
  }

  private void release(boolean undone) {
    RunServices services = site.open(SyncListener.NONE);
    List<PmiId> held =
        site.names().stream()
            .filter(n -> n.where().equals("HOLD") && !n.reason().equals("FORGOTTEN"))
            .filter(n -> undone || !n.reason().equals("UNDO"))
            .map(n -> new PmiId(n.pmi()))
            .toList();
    if (!held.isEmpty()) {
      services.store().holds().release(held);
    }
    site.leave(services);
  }

  private void forget(Event event) {
    RunServices services = fault.apply(site.open(SyncListener.NONE));
    try {
      Forgetting.forget(
          services.store(),
          List.of(TestParticipants.pmiId(event.person())),
          site.clock(),
          new VirtualPause(site.clock()),
          "test",
          LEASE);
      forgotten.add(TestParticipants.pmiText(event.person()));
    } catch (SyncException e) {
      // refused while a run is unfinished, as it says
    } finally {
      site.leave(services);
    }
  }

  /** After all that: nobody disturbs, and two mornings must be enough. */
  private void rest() {
    hands.rest();
    site.clock().advance(Duration.ofHours(24));
    load(false, false);
    run("sync", sync(false, null), List.of());
    // the advice that the report gives of those who are held
    release(true);
    site.clock().advance(Duration.ofHours(24));
    Morning second = runAtRest();
    if (second != null) {
      add(Judge.converged(second));
    }
    site.clock().advance(Duration.ofHours(24));
    Morning third = runAtRest();
    RunServices services = site.open(SyncListener.NONE);
    if (services.store().runs().unfinished().isPresent()) {
      add(List.of(new Violation(Law.GOES_ON, "a run stays unfinished for ever")));
    }
    site.leave(services);
    if (third != null && third.report() != null) {
      SyncReport quiet = third.report();
      long planned = quiet.plannedTotal() - quiet.journeys().notAttempted();
      if (planned > 0) {
        add(List.of(new Violation(Law.QUIET, "one more sync plans " + quiet.planned())));
      }
      if (quiet.calls() > 15) {
        add(List.of(new Violation(Law.QUIET, "one more sync costs " + quiet.calls() + " calls")));
      }
    }
  }

  private @Nullable Morning runAtRest() {
    if (!violations.isEmpty()) {
      return null;
    }
    Morning morning = morning("sync", sync(false, null), List.of(), Set.of());
    if (morning.report() == null || morning.report().state() != RunState.DONE) {
      add(
          List.of(
              new Violation(
                  Law.GOES_ON,
                  "nothing disturbs any more, and a run ends with " + morning.exit())));
      return null;
    }
    return morning;
  }

  private @Nullable SyncReport run(String kind, SyncRequest request, List<Event> during) {
    return violations.isEmpty() ? morning(kind, request, during, hands.refused()).report() : null;
  }

  private Morning morning(String kind, SyncRequest asked, List<Event> during, Set<String> refused) {
    mornings++;
    Run run = new Run(kind, asked, during);
    Org before = site.org();
    run.go();
    Org after = site.org();
    if (run.report != null && run.report.state() == RunState.DONE && kind.startsWith("sync")) {
      lastDone = run.resumed ? null : run.report.run();
      orgs.put(run.report.run(), List.of(before.without(run.touched), after));
    }
    leaseMayBeHeld = run.exit < 0 || run.exit == 1 || (leaseMayBeHeld && run.exit == 7);
    hands.broken(run.report == null || run.report.state() != RunState.DONE);
    List<Name> names = site.names();
    Morning morning =
        new Morning(
            new Rules(Map.of(), schedule.recreate()),
            run.today,
            List.copyOf(loads),
            before,
            after,
            site.tables(),
            names,
            run.report == null ? List.of() : site.sent(run.report.run()),
            run.report,
            run.exit,
            kind,
            !run.resumed,
            new Causes(
                Set.copyOf(refused),
                Set.copyOf(hands.rewritten()),
                Set.copyOf(forgotten),
                run.isDisturbed(),
                Set.copyOf(run.touched)));
    add(Judge.of(morning));
    matrix.count(during, run.interruptions.calls(), run.steps, run.exit);
    return morning;
  }

  private void add(List<Violation> found) {
    for (Violation violation : found) {
      laws.add(violation.law());
      violations.add("day " + day + ", " + violation);
    }
  }

  /** One run of the program, in a process of its own. */
  private final class Run implements SyncListener {
    private final String kind;
    private final SyncRequest request;
    private final LocalDate today =
        LocalDate.ofInstant(site.clock().instant(), ZoneId.of("America/New_York"));
    private final Set<String> touched = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final List<SyncStep> steps = new ArrayList<>();
    private final Interruptions interruptions;
    private final boolean hasDeadline;
    private @Nullable DailySync sync;
    private @Nullable SyncReport report;
    private boolean resumed;
    private int frozen;
    private boolean overtaken;
    private int exit;

    Run(String kind, SyncRequest asked, List<Event> during) {
      this.kind = kind;
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
                  site.clock().instant().plusSeconds(30 + deadline.get().detail() % 200))
              : asked;
      interruptions =
          new Interruptions(
              during.stream().filter(e -> e.kind() != Kind.DEADLINE).toList(),
              site::orgFails,
              this::happen);
    }

    boolean isDisturbed() {
      return interruptions.fired() || hasDeadline;
    }

    private void happen(Event event) {
      switch (event.kind()) {
        case FREEZE -> freeze(event);
        case FREEZE_AND_RIVAL -> {
          freeze(event);
          rival(event);
        }
        case RIVAL -> rival(event);
        case STOP -> sync.stop();
        case WIRE_FAULT -> site.wireFault(event.detail(), 1 + event.detail() / 100 % 4);
        case ANSWER_LOST_APPLIED -> site.loseNextAnswer(true);
        case ANSWER_LOST_UNAPPLIED -> site.loseNextAnswer(false);
        default -> touched.addAll(hands.act(event));
      }
    }

    private void freeze(Event event) {
      site.clock().advance(LEASE.plusMinutes(1));
      frozen = event.at();
    }

    /** Another run is let in only while this one has no lease, or has let it run out. */
    private void rival(Event event) {
      List<String> calls = interruptions.calls();
      int taken = calls.indexOf("store.lease.acquire") + 1;
      boolean holds = taken > 0 && taken < event.at() && !overtaken;
      boolean ranOut =
          frozen > 0 && !calls.subList(frozen, calls.size()).contains("store.lease.renew");
      if (!isLetIn() || !holds) {
        return;
      }
      if (ranOut) {
        overtaken = true;
      } else {
        add(List.of(new Violation(Law.NEVER, "a second run ran at the same time")));
      }
    }

    private boolean isLetIn() {
      site.watch(null);
      RunServices services = fault.apply(site.open(SyncListener.NONE));
      try {
        new DailySync(services, settings).run(sync(false, null));
        return true;
      } catch (SyncException e) {
        return false;
      } finally {
        site.leave(services);
        site.watch(interruptions);
      }
    }

    void go() {
      RunServices services = site.open(this);
      site.watch(interruptions);
      try {
        sync = new DailySync(Edges.around(fault.apply(services), interruptions), settings);
        report = sync.run(request);
        exit = report.exitCode(false);
        silent("the report", report.toString());
      } catch (SyncException e) {
        exit = e.kind().exitCode();
        silent("an exception", Canaries.everythingOf(e));
        judgeFailure(e);
      } catch (Killed e) {
        exit = -1;
      } catch (RuntimeException | StackOverflowError e) {
        exit = 1;
        add(List.of(new Violation(Law.GOES_ON, "a defect: " + where(e))));
      } finally {
        site.watch(null);
        site.endRun();
        site.leave(services);
      }
      silent("the notes", String.join("\n", notes));
      if (overtaken && report != null && report.state() == RunState.DONE) {
        add(List.of(new Violation(Law.NEVER, "a run went on to its end after it lost its lease")));
      }
    }

    private void judgeFailure(SyncException e) {
      boolean explained =
          isDisturbed()
              || (e.kind() == FailureKind.ALREADY_RUNNING && leaseMayBeHeld)
              || e.kind() == FailureKind.GUARDED
              || (e.kind() == FailureKind.CONFIG && !kind.equals("sync"));
      if (e.kind() == FailureKind.BUG || !explained) {
        add(List.of(new Violation(Law.GOES_ON, kind + " fails without a cause: " + where(e))));
      }
    }

    /** An exception, and the frames of the sync that it came by. */
    private static String where(Throwable e) {
      return Canaries.everythingOf(e)
          .lines()
          .filter(
              l ->
                  !l.startsWith("\tat")
                      || (l.contains("edu.cumc.aou.") && !l.contains(".mornings.")))
          .limit(14)
          .collect(Collectors.joining("\n"));
    }

    private void silent(String where, String text) {
      if (text.contains(Town.MARK)
          || text.matches("(?s).*P0\\d{8}.*")
          || text.matches("(?s).*00[36][A-Z0-9]{12}[A-Z]{3}.*")) {
        add(List.of(new Violation(Law.SILENT, where + " quotes personal data")));
      }
    }

    @Override
    public void runStarted(RunId run, RunMode mode, boolean goesOn) {
      resumed = goesOn;
    }

    @Override
    public void stepStarted(SyncStep step) {
      steps.add(step);
    }

    @Override
    public void note(String text) {
      notes.add(text);
    }
  }
}
