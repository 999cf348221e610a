package edu.cumc.aou.mornings.life;

import edu.cumc.aou.mornings.judge.Facts.Causes;
import edu.cumc.aou.mornings.judge.Facts.Law;
import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Judge;
import edu.cumc.aou.mornings.judge.UndoJudge;
import edu.cumc.aou.mornings.plant.Planted;
import edu.cumc.aou.mornings.world.Site;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.model.SyncRequest.ApprovedPlan;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lives through a schedule and has each morning judged. */
public final class Life {

  /** So many pieces of advice are followed one after the other, then it is no good advice. */
  private static final int ADVICE = 4;

  /** What the earlier version had wrong; a run that it began goes on with its plan. */
  private static final Set<String> ONCE_WRONG = Set.of("HP_gROR_Consent_Date__c");

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

  private final Scene scene;
  private final Operator operator;
  private int mornings;

  private Life(Scene scene) {
    this.scene = scene;
    this.operator = new Operator(scene);
  }

  /** The settings of a site. */
  public static SyncSettings settings(String hocon) {
    return Scene.settings(hocon);
  }

  /** Lives through it at a new site. */
  public static Outcome live(Schedule schedule, Site site, Matrix matrix) {
    return new Life(new Scene(schedule, site, null, matrix)).live();
  }

  /** Lives through it with a fault that the judge should find. */
  public static Outcome live(Schedule schedule, Site site, Matrix matrix, Planted planted) {
    return new Life(new Scene(schedule, site, planted, matrix)).live();
  }

  /** The last morning of a life that was good: nothing disturbed it. */
  public static Optional<Morning> lastMorning(Schedule schedule, Site site) {
    Life life = new Life(new Scene(schedule, site, null, new Matrix()));
    return life.live().isGood() ? Optional.ofNullable(life.last) : Optional.empty();
  }

  private Outcome live() {
    scene.settle();
    for (scene.day = 1; scene.day <= scene.schedule.days() && scene.isGood(); scene.day++) {
      day(scene.schedule.of(scene.day));
    }
    if (scene.isGood()) {
      rest();
    }
    return new Outcome(scene.violations(), scene.laws(), mornings);
  }

  private void day(List<Event> events) {
    scene.altered.makeCallsScarce(false);
    for (Event event : events) {
      if (event.at() == 0) {
        switch (event.kind().actor()) {
          case SOURCE -> scene.town.live(event);
          case STAFF, AUTOMATION -> scene.hands.act(event);
          case ORG -> scene.altered.alter(event.kind().name(), event.detail());
          default -> {}
        }
      }
    }
    scene.load(has(events, Kind.HALF_LOAD), has(events, Kind.REVERTED_LOAD));
    List<Event> during = events.stream().filter(e -> e.at() > 0).toList();
    operate(events, during);
    scene.site.clock().advance(Duration.ofHours(24));
  }

  private static boolean has(List<Event> events, Kind kind) {
    return events.stream().anyMatch(e -> e.kind() == kind);
  }

  /** The day's run, or what the operator does instead. */
  private void operate(List<Event> events, List<Event> during) {
    before(events);
    boolean full = has(events, Kind.FULL);
    if (has(events, Kind.PLANNED)) {
      planned(during, List.of());
    } else if (has(events, Kind.PLANNED_THEN_CHANGED)) {
      planned(during, events.stream().filter(e -> e.kind() == Kind.PLANNED_THEN_CHANGED).toList());
    } else {
      if (has(events, Kind.PLAN_ONLY)) {
        run("plan", SyncRequest.plan("test"), List.of());
      }
      OneRun run = run("sync", sync(full), during);
      if (scene.schedule.traits().heeds() && run != null && !run.isDisturbed()) {
        heed(run);
      }
    }
    if (has(events, Kind.RETRIES)) {
      retry();
    }
    if (has(events, Kind.UNDOES)) {
      undo();
    }
    if (has(events, Kind.PURGES)) {
      operator.purge();
    }
  }

  private void before(List<Event> events) {
    if (has(events, Kind.RELEASES)) {
      operator.release(false);
    }
    for (Event event : events) {
      switch (event.kind()) {
        case FORGETS -> operator.forget(event);
        case ABANDONS -> operator.abandon();
        case POLICY_CHANGES -> operator.changePolicy(event);
        case FIELD_OFF -> operator.takeFieldOut(event);
        default -> {}
      }
    }
  }

  private static SyncRequest sync(boolean full) {
    return new SyncRequest(RunMode.SYNC, "test", full, false, null, null);
  }

  /** Makes a plan and carries it out; in between what is on the list happens to its people. */
  private void planned(List<Event> during, List<Event> between) {
    OneRun plan = run("plan", SyncRequest.plan("test"), List.of());
    Optional<SyncReport> made = plan == null ? Optional.empty() : plan.report();
    if (made.filter(r -> r.state() == RunState.PLANNED).isEmpty()) {
      run("sync", sync(false), during);
      return;
    }
    String digest = operator.digest(made.get().run());
    for (Event event : between) {
      scene.town.live(event.as(event.detail() % 2 == 0 ? Kind.CONTACT_CHANGES : Kind.WITHDRAWS));
      scene.hands.act(
          event.as(event.detail() % 3 == 0 ? Kind.STAFF_EDITS_PMI : Kind.STAFF_EDITS_CONTACT));
      scene.load(false, false);
    }
    approved(made.get().run(), digest, during);
  }

  private void approved(RunId plan, String digest, List<Event> during) {
    OneRun run =
        run(
            "sync --plan",
            new SyncRequest(
                RunMode.SYNC, "test", false, false, new ApprovedPlan(plan, digest), null),
            during);
    if (run != null && !run.isResumed()) {
      run.report().ifPresent(r -> operator.judgeApproved(plan, r.run()));
    }
  }

  private void retry() {
    Set<PmiId> candidates = operator.candidates();
    if (!candidates.isEmpty()) {
      run("retry", SyncRequest.retry("test", candidates, false), List.of());
    }
  }

  private void undo() {
    List<Org> undone = scene.lastDone == null ? null : scene.orgs.get(scene.lastDone);
    if (undone == null) {
      return;
    }
    Org before = scene.site.org();
    OneRun run = run("undo", SyncRequest.undo("test", scene.lastDone, null), List.of());
    if (run != null && run.isDone()) {
      if (scene.hands.rewritten().isEmpty()) {
        Set<String> not = new HashSet<>(scene.hands.refused());
        not.addAll(scene.forgotten);
        heldAfter(before, scene.site.org(), not);
        scene.add(UndoJudge.back(undone, List.of(before, scene.site.org()), scene.today(), not));
      }
      scene.lastDone = null;
    }
  }

  /** The source still has the wrong values, so the undo must hold everybody it restored. */
  private void heldAfter(Org before, Org after, Set<String> not) {
    List<String> held = scene.held().stream().map(Name::pmi).toList();
    after
        .contacts()
        .forEach(
            (id, contact) -> {
              String pmi = contact.fields().getOrDefault("HP_PMI_ID__c", "");
              if (!contact.equals(before.contacts().get(id))
                  && !pmi.isEmpty()
                  && !held.contains(pmi)
                  && !not.contains(pmi)) {
                scene.found(Law.BACK, pmi + " got something back and is not held");
              }
            });
  }

  /**
   * Does what the messages of a run advise, until a run comes to its end; gives the last run.
   *
   * @return null when something was wrong
   */
  private @Nullable OneRun heed(OneRun first) {
    OneRun run = first;
    for (int i = 0; i < ADVICE && scene.isGood() && !run.isDone(); i++) {
      OneRun next = advised(run);
      if (next == null) {
        return run;
      }
      run = next;
    }
    return scene.isGood() ? run : null;
  }

  /**
   * The run that comes of one piece of advice; null when there is none that is for the operator.
   */
  private @Nullable OneRun advised(OneRun run) {
    Optional<SyncReport> guarded = run.report().filter(r -> r.state() == RunState.GUARDED);
    if (guarded.isPresent()) {
      String messages = guarded.get().trips().toString();
      if (messages.contains("--initial-load")) {
        return run(
            "sync", new SyncRequest(RunMode.SYNC, "test", false, true, null, null), List.of());
      }
      if (messages.contains("aou-sync plan")) {
        OneRun plan = run("plan", SyncRequest.plan("test"), List.of());
        if (plan != null && plan.report().isPresent()) {
          RunId made = plan.report().get().run();
          approved(made, operator.digest(made), List.of());
          return run("sync", sync(false), List.of());
        }
      }
      if (messages.contains("api-reserve")) {
        return null;
      }
      guarded.get().trips().forEach(t -> scene.raise(t.guard()));
      return run("sync", sync(false), List.of());
    }
    String message = run.failure().map(Throwable::getMessage).orElse("");
    if (message.contains("init --rebind") && operator.rebind()) {
      return run("sync", sync(false), List.of());
    }
    return null;
  }

  /** After all that: nobody disturbs, and two mornings must be enough. */
  private void rest() {
    scene.hands.rest();
    scene.town.rest();
    scene.altered.rest();
    scene.site.clock().advance(Duration.ofHours(24));
    scene.load(false, false);
    OneRun first = run("sync", sync(false), List.of());
    if (first != null) {
      heed(first);
    }
    // the advice that the report gives of those who are held
    operator.release(true);
    scene.site.clock().advance(Duration.ofHours(24));
    Morning second = runAtRest();
    if (second != null) {
      scene.add(Judge.converged(second));
    }
    scene.site.clock().advance(Duration.ofHours(24));
    Morning third = runAtRest();
    if (operator.unfinished().isPresent()) {
      scene.found(Law.GOES_ON, "a run stays unfinished for ever");
    }
    if (third != null && third.report() != null) {
      SyncReport quiet = third.report();
      long planned = quiet.plannedTotal() - quiet.journeys().notAttempted();
      if (planned > 0) {
        scene.found(Law.QUIET, "one more sync plans " + quiet.planned());
      }
      if (quiet.calls() > 15) {
        scene.found(Law.QUIET, "one more sync costs " + quiet.calls() + " calls");
      }
      if (second != null && second.exit() == 0 && third.exit() != 0) {
        // What the third tells was true on the second.
        scene.found(Law.HONEST, "exit 0, and " + third.exit() + " a day later without any change");
      }
    }
  }

  private @Nullable Morning runAtRest() {
    if (!scene.isGood()) {
      return null;
    }
    last = null;
    OneRun run = heed(morning("sync", sync(false), List.of(), Set.of()));
    if (run == null || !run.isDone()) {
      scene.found(
          Law.GOES_ON,
          "nothing disturbs any more, and a run ends with " + (run == null ? "?" : run.exit()));
      return null;
    }
    return last;
  }

  private @Nullable Morning last;

  private @Nullable OneRun run(String kind, SyncRequest request, List<Event> during) {
    return scene.isGood() ? morning(kind, request, during, scene.hands.refused()) : null;
  }

  private Set<String> rewritten(OneRun run) {
    Set<String> fields = new HashSet<>(scene.hands.rewritten());
    // Another process may have gone on with that run while this one was frozen.
    boolean goesOn = run.isResumed() || run.isDisturbed();
    if (goesOn && !scene.schedule.traits().old().isEmpty()) {
      fields.addAll(ONCE_WRONG);
    }
    return fields;
  }

  private OneRun morning(String kind, SyncRequest asked, List<Event> during, Set<String> refused) {
    mornings++;
    Org before = scene.site.org();
    OneRun run = new OneRun(scene, kind, asked, during).go();
    Org after = scene.site.org();
    SyncReport report = run.report().orElse(null);
    if (report != null && report.state() == RunState.DONE && kind.startsWith("sync")) {
      scene.lastDone = run.isResumed() ? null : report.run();
      scene.orgs.put(report.run(), List.of(before.without(run.touched()), after));
    }
    scene.leaseMayBeHeld =
        run.exit() < 0
            || run.exit() == 1
            || run.interruptions().isStoreGone()
            || (scene.leaseMayBeHeld && run.exit() == 7);
    Morning morning =
        new Morning(
            scene.rules(),
            run.today(),
            List.copyOf(scene.loads),
            before,
            after,
            scene.site.tables(),
            scene.site.names(),
            report == null ? List.of() : scene.site.sent(report.run()),
            report,
            run.exit(),
            kind,
            !run.isResumed(),
            new Causes(
                Set.copyOf(refused),
                rewritten(run),
                Set.copyOf(scene.hands.insisted()),
                Set.copyOf(scene.forgotten),
                run.isDisturbed(),
                Set.copyOf(run.touched())));
    scene.add(Judge.of(morning));
    last = morning;
    scene.matrix.count(run.interruptions(), run.exit());
    return run;
  }
}
