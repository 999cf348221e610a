package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.SyncStep;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.Tallies;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** Runs the steps, tells the listener, and keeps what each step cost. */
public final class StepClock {

  private final RunServices services;
  private final RunId run;

  public StepClock(RunServices services, RunId run) {
    this.services = services;
    this.run = run;
  }

  /** Runs a step that gives something. */
  public <T> T step(SyncStep step, Supplier<T> work) {
    Instant began = services.clock().instant();
    long callsBefore = services.crm().usage().calls();
    services.listener().stepStarted(step);
    T result = work.get();
    Duration duration = Duration.between(began, services.clock().instant());
    long calls = services.crm().usage().calls() - callsBefore;
    services.listener().stepFinished(step, duration, calls);
    // a run that was resumed may do a step twice: both parts count
    Tallies before = services.store().runs().find(run).map(r -> r.tallies()).orElse(Tallies.none());
    String millis = millis(step);
    String sent = "step." + step.word() + ".calls";
    services
        .store()
        .runs()
        .addTallies(
            run,
            Tallies.of(
                Map.of(
                    millis,
                    before.get(millis) + duration.toMillis(),
                    sent,
                    before.get(sent) + calls)));
    return result;
  }

  /** Runs a step that gives nothing. */
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

  private static String millis(SyncStep step) {
    return "step." + step.word() + ".millis";
  }
}
