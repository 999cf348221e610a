package edu.cumc.aou.runtime;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import edu.cumc.aou.db.guice.DatabaseModule;
import edu.cumc.aou.salesforce.Surroundings;
import edu.cumc.aou.salesforce.guice.SalesforceModule;
import edu.cumc.aou.sync.DailySync;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.run.RunServices;
import java.util.Random;

/**
 * Everything that a run needs, assembled. The caller that opened it closes it; that closes
 * connections in reverse order. As thread-safe as {@link DailySync}.
 */
public final class SyncRuntime implements AutoCloseable {

  private final RunServices services;
  private final DailySync sync;
  private final Closer closer;

  private SyncRuntime(Injector injector, Closer closer) {
    this.services = injector.getInstance(RunServices.class);
    this.sync = injector.getInstance(DailySync.class);
    this.closer = closer;
  }

  /**
   * Assembles it.
   *
   * @param listener follows the runs
   * @throws SyncException CONFIG if the settings cannot work
   */
  public static SyncRuntime open(RunSettings settings, Outside outside, SyncListener listener) {
    Closer closer = new Closer();
    Surroundings surroundings =
        new Surroundings(outside.clock(), outside.pause()::forDuration, new Random());
    try {
      return new SyncRuntime(
          Guice.createInjector(
              Stage.PRODUCTION,
              new RuntimeModule(
                  settings.sync(), outside, listener, new HookCommands(settings.hooks()), closer),
              new SalesforceModule(settings.salesforce(), surroundings),
              new DatabaseModule(settings.source(), settings.store(), outside.who())),
          closer);
    } catch (CreationException e) {
      closer.close();
      throw causeOf(e);
    }
  }

  /** The exception that stopped the assembly; Guice wraps it. */
  private static RuntimeException causeOf(CreationException e) {
    return e.getErrorMessages().stream()
        .map(m -> m.getCause())
        .filter(RuntimeException.class::isInstance)
        .map(RuntimeException.class::cast)
        .findFirst()
        .orElse(e);
  }

  /** What its runs talk to. */
  public RunServices services() {
    return services;
  }

  public DailySync sync() {
    return sync;
  }

  @Override
  public void close() {
    closer.close();
  }
}
