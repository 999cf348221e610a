package edu.cumc.aou.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.runtime.notify.Delivery;
import edu.cumc.aou.runtime.notify.Messenger;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.report.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies the people in {@code notify} how an invocation ended, in the time that is left. */
final class InvocationNotices {

  /** The time reserved for the answer. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(InvocationNotices.class);

  private final FunctionSurroundings surroundings;
  private final Context context;
  private final Warm warm;
  private final Instant begin;

  /** Starts with the invocation. */
  InvocationNotices(FunctionSurroundings surroundings, Context context, Warm warm) {
    this.surroundings = surroundings;
    this.context = context;
    this.warm = warm;
    this.begin = surroundings.outside().clock().instant();
  }

  /** Reads the configuration only if no run has read it: reading takes time of each start. */
  private Optional<Messenger> messenger() {
    return warm.settings()
        .map(RunSettings::notices)
        .or(() -> FunctionSettings.notices(surroundings))
        .map(
            settings ->
                new Messenger(
                    settings,
                    surroundings.outside().clock(),
                    surroundings.outside().pause(),
                    surroundings.directory(),
                    () -> Duration.ofMillis(context.getRemainingTimeInMillis()).minus(MARGIN),
                    begin));
  }

  List<Delivery> tell(SyncReport report, boolean strict, SyncRuntime runtime) {
    return messenger()
        .map(m -> logged(m.tell(report, strict, runtime.services().store())))
        .orElse(List.of());
  }

  void tell(RunMode mode, RuntimeException failure, Optional<SyncRuntime> runtime) {
    @Nullable SyncStore store = runtime.map(r -> r.services().store()).orElse(null);
    messenger().ifPresent(m -> logged(m.tell(mode, failure, false, store)));
  }

  /**
   * Sends everybody a test; empty if the settings name nobody.
   *
   * @throws SyncException CONFIG that lists every problem, if the section is wrong
   */
  List<Delivery> test() {
    Optional<Messenger> messenger = messenger();
    if (messenger.isEmpty()) {
      FunctionSettings.load(surroundings);
    }
    return messenger.map(m -> logged(m.test())).orElse(List.of());
  }

  private static List<Delivery> logged(List<Delivery> deliveries) {
    deliveries.stream().filter(d -> !d.isTold()).forEach(d -> LOG.warn("{}", d.line()));
    return deliveries;
  }
}
