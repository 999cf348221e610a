package edu.cumc.aou.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.runtime.notify.Delivery;
import edu.cumc.aou.runtime.notify.Messenger;
import edu.cumc.aou.sync.SyncReport;
import edu.cumc.aou.sync.model.RunMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whom the settings name how an invocation ended, within what is left of its time. */
final class Notices {

  /** What is left to answer. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  private final RunMode mode;
  private final Optional<Messenger> messenger;

  Notices(Surroundings surroundings, RunMode mode, Context context) {
    this.mode = mode;
    this.messenger =
        FunctionSettings.notices(surroundings)
            .map(
                settings ->
                    new Messenger(
                        settings,
                        surroundings.outside().clock(),
                        surroundings.outside().pause(),
                        surroundings.directory(),
                        () -> Duration.ofMillis(context.getRemainingTimeInMillis()).minus(MARGIN)));
  }

  List<Delivery> tell(SyncReport report, boolean strict, @Nullable SyncRuntime runtime) {
    return messenger.isEmpty() || runtime == null
        ? List.of()
        : logged(messenger.get().tell(report, strict, runtime.services().store()));
  }

  void tell(RuntimeException failure, @Nullable SyncRuntime runtime) {
    messenger.ifPresent(
        m ->
            logged(
                m.tell(mode, failure, false, runtime == null ? null : runtime.services().store())));
  }

  private static List<Delivery> logged(List<Delivery> deliveries) {
    deliveries.stream().filter(d -> !d.isTold()).forEach(d -> LOG.warn("{}", d.line()));
    return deliveries;
  }
}
