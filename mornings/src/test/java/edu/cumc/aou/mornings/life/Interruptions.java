package edu.cumc.aou.mornings.life;

import edu.cumc.aou.mornings.world.Edges;
import edu.cumc.aou.mornings.world.Killed;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets things happen while a run is under way, each before the call that its number says. */
final class Interruptions implements Edges.Watch {

  private final List<Event> events;
  private final Runnable tablesChanged;
  private final Consumer<Event> others;
  private final BiPredicate<FailureKind, Integer> orgFails;
  private final List<String> calls = new ArrayList<>();
  private int orgDown;
  private int storeDown;
  private FailureKind orgFailure = FailureKind.UNAVAILABLE;
  private boolean killAfter;
  private boolean dead;
  private boolean fired;
  private boolean storeFull;
  private boolean storeReadOnly;
  private @Nullable SyncStep step;
  private int callsOfStep;
  private final Map<Event, String> struck = new HashMap<>();

  /**
   * For one run.
   *
   * @param orgFails lets calls to Salesforce fail, if it can
   * @param tablesChanged told each time when the run has written to the three tables
   * @param others lets happen what is neither a failure nor a death
   */
  Interruptions(
      List<Event> events,
      BiPredicate<FailureKind, Integer> orgFails,
      Consumer<Event> others,
      Runnable tablesChanged) {
    this.tablesChanged = tablesChanged;
    this.orgFails = orgFails;
    this.events = events;
    this.others = others;
  }

  boolean fired() {
    return fired;
  }

  boolean isDead() {
    return dead;
  }

  /** Whether the store refused to be written to until the end of the run. */
  boolean isStoreGone() {
    return storeFull || storeReadOnly;
  }

  /** What happened, and in which step of the run. */
  Map<Event, String> struck() {
    return struck;
  }

  void inStep(SyncStep begun) {
    step = begun;
    callsOfStep = 0;
  }

  /** All calls so far. */
  List<String> calls() {
    return calls;
  }

  @Override
  public void before(String call) {
    dieIfDead();
    calls.add(call);
    callsOfStep++;
    for (Event event : events) {
      if (event.isDue(calls.size(), step, callsOfStep)) {
        fired = true;
        struck.put(event, step == null ? Matrix.BEGINNING : step.name());
        happen(event);
      }
    }
    if (orgDown > 0 && call.startsWith("crm")) {
      orgDown--;
      throw new SyncException(orgFailure, "the org does not answer, on purpose");
    }
    if (storeDown > 0 && call.startsWith("store")) {
      storeDown--;
      throw new SyncException(FailureKind.UNAVAILABLE, "the store does not answer, on purpose");
    }
    if ((storeReadOnly && StoreCalls.write(call)) || (storeFull && StoreCalls.addRows(call))) {
      throw new SyncException(FailureKind.UNAVAILABLE, "the store takes nothing, on purpose");
    }
  }

  private void happen(Event event) {
    switch (event.kind()) {
      case KILL -> {
        dead = true;
        throw new Killed();
      }
      case KILL_AFTER -> killAfter = true;
      case ORG_DOWN -> orgFails(event, FailureKind.UNAVAILABLE);
      case ORG_THROTTLES -> orgFails(event, FailureKind.THROTTLED);
      case LOGIN_REFUSED -> orgFails(event, FailureKind.AUTH);
      case STORE_DOWN -> storeDown = 1 + event.detail() % 3;
      case STORE_FULL -> storeFull = true;
      case STORE_READ_ONLY -> storeReadOnly = true;
      default -> others.accept(event);
    }
  }

  private void orgFails(Event event, FailureKind kind) {
    if (orgFails.test(kind, 1 + event.detail() % 3)) {
      return;
    }
    orgDown = 1 + event.detail() % 3;
    orgFailure = kind;
  }

  @Override
  public void after(String call) {
    dieIfDead();
    if (call.startsWith("store.ids.") || call.startsWith("store.personalData.")) {
      tablesChanged.run();
    }
    if (killAfter) {
      dead = true;
      throw new Killed();
    }
  }

  /** A process that is dead does nothing any more, not even in its handlers. */
  private void dieIfDead() {
    if (dead) {
      throw new Killed();
    }
  }
}
