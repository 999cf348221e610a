package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a site does around each run: prepare the source before, notify people after. */
public interface RunHooks {

  /** Does nothing. */
  RunHooks NONE =
      new RunHooks() {
        @Override
        public Optional<GuardTrip> before(RunId run, RunMode mode, Runnable signOfLife) {
          return Optional.empty();
        }

        @Override
        public Optional<GuardTrip> after(
            @Nullable RunId run, RunMode mode, int exitCode, Runnable signOfLife) {
          return Optional.empty();
        }
      };

  /**
   * Runs before a run reads or writes anything.
   *
   * @param signOfLife to be called at least every 20 seconds while this takes time
   * @return why the run must not go on
   * @throws edu.cumc.aou.sync.model.SyncException UNAVAILABLE if the run may go on a little later
   */
  Optional<GuardTrip> before(RunId run, RunMode mode, Runnable signOfLife);

  /**
   * Runs when a run is over.
   *
   * @param run null if it failed before it had a number
   * @param exitCode the program's exit code, as far as the run decides it
   * @param signOfLife to be called at least every 20 seconds while this takes time
   * @return what a person must know about it
   */
  Optional<GuardTrip> after(@Nullable RunId run, RunMode mode, int exitCode, Runnable signOfLife);
}
