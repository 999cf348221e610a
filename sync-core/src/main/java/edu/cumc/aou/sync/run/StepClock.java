package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.CrmUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Runs the steps, tells the listener, and stores what each step cost. */
public final class StepClock {

  private final RunServices services;
  private final RunId run;
  private final LeaseKeeper lease;

  /**
   * A clock for one run.
   *
   * @param lease proves before and after each step that the run is still ours
   */
  public StepClock(RunServices services, RunId run, LeaseKeeper lease) {
    this.services = services;
    this.run = run;
    this.lease = lease;
  }

  /**
   * The beginning of a step.
   *
   * @param usage the cost of calls to the CRM by then
   */
  public record Beginning(Instant at, CrmUsage usage) {

    public static Beginning of(RunServices services) {
      return new Beginning(services.clock().instant(), services.crm().usage());
    }
  }

  /** Runs a step with a result. */
  public <T> T step(SyncStep step, Supplier<T> work) {
    lease.renew();
    Beginning beginning = Beginning.of(services);
    services.listener().stepStarted(step);
    T result = work.get();
    Duration duration = Duration.between(beginning.at(), services.clock().instant());
    long calls = services.crm().usage().calls() - beginning.usage().calls();
    lease.renew();
    services.listener().stepFinished(step, duration, calls);
    keep(step, beginning);
    return result;
  }

  /** Stores what a step has cost since it began, without telling the listener. */
  public void keep(SyncStep step, Beginning beginning) {
    CrmUsage before = beginning.usage();
    CrmUsage now = services.crm().usage();
    Map<String, Long> cost = new HashMap<>();
    cost.put(millis(step), Duration.between(beginning.at(), services.clock().instant()).toMillis());
    cost.put(calls(step), now.calls() - before.calls());
    now.repeats()
        .forEach(
            (kind, count) ->
                cost.put(repeats(step) + kind, count - before.repeats().getOrDefault(kind, 0L)));
    // A resumed run may do a step twice: both parts count.
    services.store().runs().increaseTallies(run, Tallies.of(cost));
  }

  /** Runs a step without a result. */
  public void step(SyncStep step, Runnable work) {
    step(
        step,
        () -> {
          work.run();
          return true;
        });
  }

  /** Whether a run with these counts came to the end of a step. */
  public static boolean isDone(SyncStep step, Tallies tallies) {
    return tallies.asMap().containsKey(millis(step));
  }

  static String millis(SyncStep step) {
    return "step." + step.word() + ".millis";
  }

  static String calls(SyncStep step) {
    return "step." + step.word() + ".calls";
  }

  /** The prefix of the step's counts of repeated calls; the sort of call follows. */
  static String repeats(SyncStep step) {
    return "step." + step.word() + ".repeats.";
  }
}
