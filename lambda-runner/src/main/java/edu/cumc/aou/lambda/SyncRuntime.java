package edu.cumc.aou.lambda;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import edu.cumc.aou.db.guice.DatabaseModule;
import edu.cumc.aou.salesforce.guice.SalesforceModule;
import edu.cumc.aou.sync.DailySync;
import edu.cumc.aou.sync.SyncException;
import java.util.Random;

/**
 * Everything a run needs, put together. Whoever opened it closes it, which closes connections in
 * the reverse order of their making. As thread-safe as {@link DailySync}.
 */
final class SyncRuntime implements AutoCloseable {

  private final DailySync sync;
  private final Closer closer;

  private SyncRuntime(Injector injector, Closer closer) {
    this.sync = injector.getInstance(DailySync.class);
    this.closer = closer;
  }

  /**
   * Puts it together.
   *
   * @throws SyncException CONFIG if the settings are incomplete or cannot work
   */
  static SyncRuntime open(Surroundings surroundings) {
    FunctionSettings settings = FunctionSettings.load(surroundings);
    Closer closer = new Closer();
    var salesforce =
        new edu.cumc.aou.salesforce.Surroundings(
            surroundings.clock(), surroundings.pause()::forDuration, new Random());
    try {
      return new SyncRuntime(
          Guice.createInjector(
              Stage.PRODUCTION,
              new RuntimeModule(settings.sync(), surroundings, closer),
              new SalesforceModule(settings.salesforce(), salesforce),
              new DatabaseModule(settings.source(), settings.store())),
          closer);
    } catch (CreationException e) {
      closer.close();
      throw causeOf(e);
    }
  }

  /** What was thrown while something was put together; Guice wraps it. */
  private static RuntimeException causeOf(CreationException e) {
    return e.getErrorMessages().stream()
        .map(m -> m.getCause())
        .filter(RuntimeException.class::isInstance)
        .map(RuntimeException.class::cast)
        .findFirst()
        .orElse(e);
  }

  DailySync sync() {
    return sync;
  }

  @Override
  public void close() {
    closer.close();
  }
}
