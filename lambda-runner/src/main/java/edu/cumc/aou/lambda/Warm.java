package edu.cumc.aou.lambda;

import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.config.EnvironmentVariables;
import edu.cumc.aou.sync.model.SyncException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a run: assembled at the first event that needs them, and kept for the next ones
 * until closed. For one thread.
 */
final class Warm {

  private static final Logger LOG = LoggerFactory.getLogger(Warm.class);

  private final FunctionSurroundings surroundings;
  private final LogListener listener = new LogListener();
  private @Nullable SyncRuntime runtime;
  private @Nullable RunSettings settings;

  Warm(FunctionSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Returns them, after assembling them if need be. Connects nothing yet.
   *
   * @throws SyncException CONFIG that lists every problem of the settings
   */
  SyncRuntime runtime() {
    SyncRuntime known = runtime;
    if (known != null) {
      return known;
    }
    // Before reading the settings, because a setting may be missing for just that.
    EnvironmentVariables.misspelt(surroundings.environment()).forEach(LOG::warn);
    RunSettings read = FunctionSettings.load(surroundings);
    SyncRuntime opened = SyncRuntime.open(read, surroundings.outside(), listener);
    settings = read;
    runtime = opened;
    return opened;
  }

  /** As {@link #runtime()}, but empty if nothing is assembled. */
  Optional<SyncRuntime> opened() {
    return Optional.ofNullable(runtime);
  }

  /** The settings of the assembled parts. */
  Optional<RunSettings> settings() {
    return Optional.ofNullable(settings);
  }

  /** How long the last suspended run needs before the next invocation; forgets it. */
  Duration takeWait() {
    return listener.takeWait();
  }

  /** Closes all connections; the next event assembles everything anew. */
  void close() {
    SyncRuntime known = runtime;
    runtime = null;
    settings = null;
    if (known == null) {
      return;
    }
    try {
      known.close();
    } catch (RuntimeException e) {
      LOG.warn("closing failed: {}", e.getClass().getSimpleName());
    }
  }

  /** Loads the classes that an event needs, so that a snapshot holds them; connects nothing. */
  void loadClasses() {
    try {
      runtime();
    } catch (SyncException e) {
      LOG.warn("{}: {}", e.kind(), e.getMessage());
    }
    close();
  }
}
