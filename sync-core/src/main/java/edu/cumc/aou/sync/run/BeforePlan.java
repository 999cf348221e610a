package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Place;
import edu.cumc.aou.sync.port.RunTable;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.util.Map;
import java.util.Optional;

/**
 * How far a run without a plan has come. It may run out of time again and again, as long as it
 * makes progress.
 *
 * @since 0.2.0
 */
public final class BeforePlan {

  /** The count that is above 0 once an invocation has looked back beyond the watermark. */
  private static final String LOOKED_BACK = "looked-back";

  private final MirrorTable mirror;
  private final Optional<Place> place;
  private final Optional<MirrorState> state;
  private final Tallies before;
  private boolean refreshed;

  /** Remembers the state at the beginning of an invocation. */
  public BeforePlan(RunServices services, RunId run) {
    this.mirror = services.store().mirror();
    this.place = mirror.place();
    this.state = mirror.state();
    this.before = services.store().runs().find(run).map(Run::tallies).orElse(Tallies.none());
  }

  public void refreshMirror(MirrorRefresher refresher, boolean full) {
    refresher.refreshAndVerify(full, before.get(LOOKED_BACK) > 0);
    refreshed = true;
  }

  /** How often in a row it has run out of time without progress, this time included. */
  public long stops() {
    return isFurther() ? 1 : before.get(RunTable.BEFORE_ITS_PLAN) + 1;
  }

  /** A completed refresh is no progress: the plan still has no more time than before. */
  private boolean isFurther() {
    Optional<Place> now = mirror.place();
    return (now.isPresent() && !now.equals(place)) || (!refreshed && !mirror.state().equals(state));
  }

  /** The counts that the next invocation needs. */
  public Tallies tallies() {
    boolean lookedBack = refreshed || !mirror.state().equals(state);
    return Tallies.of(
        Map.of(
            RunTable.BEFORE_ITS_PLAN,
            stops(),
            LOOKED_BACK,
            lookedBack ? 1L : before.get(LOOKED_BACK)));
  }
}
