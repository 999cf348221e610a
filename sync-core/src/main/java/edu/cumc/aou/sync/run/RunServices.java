package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.Pause;
import edu.cumc.aou.sync.port.RunHooks;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Clock;

/** What every step of a run uses: the outside, time, and the listener. */
public record RunServices(
    ParticipantSource source,
    Crm crm,
    SyncStore store,
    Clock clock,
    Pause pause,
    SyncListener listener,
    RunHooks hooks) {

  /** Services without a site's own commands around runs. */
  public RunServices(
      ParticipantSource source,
      Crm crm,
      SyncStore store,
      Clock clock,
      Pause pause,
      SyncListener listener) {
    this(source, crm, store, clock, pause, listener, RunHooks.NONE);
  }

  /** The same services with another store. */
  public RunServices withStore(SyncStore other) {
    return new RunServices(source, crm, other, clock, pause, listener, hooks);
  }
}
