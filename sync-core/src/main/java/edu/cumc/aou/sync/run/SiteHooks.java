package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a site's own commands before and after a run, under its lease. */
public final class SiteHooks {

  private final RunServices services;
  private final LeaseKeeper lease;

  public SiteHooks(RunServices services, LeaseKeeper lease) {
    this.services = services;
    this.lease = lease;
  }

  /** Why a run must not go on; empty if it may. */
  public List<GuardTrip> before(RunId run, RunMode mode) {
    lease.renew();
    Optional<GuardTrip> trip = services.hooks().before(run, mode, lease::keep);
    lease.renew();
    return trip.map(List::of).orElse(List.of());
  }

  /** Checks a resumed run, which cannot end as guarded because some of it may be sent already. */
  public void requireReady(RunId run, RunMode mode) {
    for (GuardTrip trip : before(run, mode)) {
      throw new SyncException(
          FailureKind.GUARDED,
          trip.guard()
              + ": "
              + trip.message()
              + ". Run "
              + run
              + " stays as it was; then run aou-sync sync, which goes on with it.");
    }
  }

  /**
   * Runs the command after a run. Notes a failure with the run, so that it is seen.
   *
   * @return whether something was noted
   */
  public boolean after(SyncReport report) {
    Optional<GuardTrip> failed =
        services.hooks().after(report.run(), report.mode(), report.exitCode(false), lease::keep);
    if (failed.isEmpty()) {
      return false;
    }
    List<GuardTrip> trips = new ArrayList<>(report.trips());
    trips.add(failed.get());
    services.store().runs().noteTrips(report.run(), trips);
    return true;
  }
}
