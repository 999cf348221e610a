package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a site does around each run: the source made ready before, somebody told after. */
public interface RunHooks {

  /** Nothing. */
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
   * Before a run reads or writes anything.
   *
   * @param signOfLife to be called at least every 20 seconds while it takes time
   * @return why the run must not go on
   * @throws edu.cumc.aou.sync.model.SyncException UNAVAILABLE if it may go on a little later
   */
  Optional<GuardTrip> before(RunId run, RunMode mode, Runnable signOfLife);

  /**
   * When a run is over.
   *
   * @param run null if it failed before it had a number
   * @param exitCode what the program will end with, as far as the run is concerned
   * @param signOfLife to be called at least every 20 seconds while it takes time
   * @return what somebody must know of it
   */
  Optional<GuardTrip> after(@Nullable RunId run, RunMode mode, int exitCode, Runnable signOfLife);
}
