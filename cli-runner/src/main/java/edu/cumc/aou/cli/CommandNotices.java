package edu.cumc.aou.cli;

import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.runtime.notify.Delivery;
import edu.cumc.aou.runtime.notify.Messenger;
import edu.cumc.aou.runtime.notify.NotifySettings;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.report.SyncReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Notifies the people in {@code notify} how a command's run ended, even if it never began. */
final class CommandNotices {

  /** Nobody waits for a nightly command, but a person may wait for one that they typed. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final AouSync program;
  private final RunMode mode;
  private final Optional<Messenger> messenger;

  CommandNotices(AouSync program, RunMode mode) {
    this.program = program;
    this.mode = mode;
    this.messenger = program.configuration().noticesIfReadable().map(s -> messenger(program, s));
  }

  /** Notifies everybody in {@code notify}. */
  static Messenger messenger(AouSync program, NotifySettings settings) {
    return new Messenger(
        settings,
        program.world().clock(),
        program.world().pause(),
        program.world().directory(),
        () -> PATIENCE);
  }

  /** Does some work, and notifies people if it fails. */
  <T> T around(Supplier<T> work) {
    return around(null, work);
  }

  /** The same, with the store at hand. */
  <T> T around(@Nullable SyncRuntime runtime, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      boolean stopAsked = runtime != null && runtime.sync().isStopAsked();
      SyncStore store = runtime == null ? null : runtime.services().store();
      messenger.ifPresent(m -> program.told(m.tell(mode, e, stopAsked, store)));
      throw e;
    }
  }

  List<Delivery> tell(SyncReport report, boolean strict, SyncStore store) {
    return messenger.map(m -> m.tell(report, strict, store)).orElse(List.of());
  }
}
