package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.State;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.port.UnreadableStoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Gives up a run that cannot be finished, so that the next sync plans afresh. It ends what still
 * goes on in Salesforce, and asks Salesforce about rows in progress. It needs neither source nor
 * mapping, because their faults may be why the run cannot be finished.
 */
public final class Abandonment {

  /** The code of a row that was in progress and, as far as Salesforce shows, did not arrive. */
  public static final String CODE = "ABANDONED";

  /** How long one look at a job may wait; after it the lease is renewed. */
  private static final Duration LOOK = Duration.ofSeconds(20);

  private static final Set<State> UNDER_WAY = EnumSet.of(State.SENT, State.UNKNOWN);

  private final RunServices services;
  private final LeaseKeeper lease;
  private final Duration longestJob;

  private Abandonment(RunServices services, LeaseKeeper lease, Duration longestJob) {
    this.services = services.withStore(lease.store());
    this.lease = lease;
    this.longestJob = longestJob;
  }

  /**
   * The result of giving up a run.
   *
   * @param written records that it certainly wrote
   * @param found records in progress that Salesforce has
   * @param missing records in progress that Salesforce does not show as sent
   * @param open records that were never sent
   * @param jobs ingest jobs that were ended or waited for
   */
  public record Abandoned(
      RunId run, long written, long found, long missing, long open, long jobs) {}

  /**
   * Gives up the run with this number.
   *
   * @param holder who asks, shown to others that want the lease; no personal data
   * @param leaseDuration how long the store is held without a sign of life
   * @param longestJob how long to wait for a job that cannot be stopped
   * @throws SyncException CONFIG if the run does not exist, is over, or wrote to another org;
   *     ALREADY_RUNNING while it goes on; UNAVAILABLE if Salesforce does not answer: then try again
   */
  public static Abandoned abandon(
      RunServices services, RunId run, String holder, Duration leaseDuration, Duration longestJob) {
    services.store().verify();
    // Checks before taking the lease, because the lease tells the next sync how the last run ended.
    Run unused = unfinished(services.store(), run);
    LeaseKeeper lease =
        LeaseKeeper.acquire(
            services.store(), services.clock(), services.pause(), holder, leaseDuration);
    try {
      Abandonment abandonment = new Abandonment(services, lease, longestJob);
      Abandoned abandoned = lease.during(() -> abandonment.giveUp(unfinished(lease.store(), run)));
      lease.release();
      return abandoned;
    } catch (SyncException e) {
      if (e.kind() != FailureKind.ALREADY_RUNNING) {
        lease.suspend();
      }
      throw e;
    }
  }

  private static Run unfinished(SyncStore store, RunId run) {
    Run found =
        store
            .runs()
            .find(run)
            .orElseThrow(
                () ->
                    refusal("there is no run " + run + "; aou-sync status lists those there are"));
    if (found.state().isTerminal()) {
      throw refusal(
          "run "
              + run
              + " is over ("
              + ConfigSection.word(found.state())
              + "), so there is nothing to give up");
    }
    return found;
  }

  private static SyncException refusal(String what) {
    return new SyncException(FailureKind.CONFIG, "abandon: " + what + ". Nothing was changed.");
  }

  private Abandoned giveUp(Run run) {
    ChangeTable changes = services.store().changes();
    if (run.isBeforeItsPlan()) {
      changes.discard(run.id());
      return end(run.id(), 0, 0, 0);
    }
    if (!run.orgId().equals(services.crm().org().id())) {
      throw refusal(
          "run "
              + run.id()
              + " wrote to another org; name that org in salesforce.login-url, or bind the store to"
              + " this one with aou-sync init --rebind, which gives the run up as well");
    }
    // The last call of the run may still be in progress, and we must see its effect.
    if (!isReadable(run.id()) || count(run.id(), c -> UNDER_WAY.contains(c.state())) > 0) {
      services.pause().forDuration(services.crm().readTimeout());
    }
    List<JobTable.Job> jobs = jobs(run.id());
    jobs.forEach(this::end);
    ArrivedRows findings = new ArrivedRows(services, run);
    long found = 0;
    long missing = 0;
    for (CrmObject object : CrmObject.values()) {
      long open = count(run.id(), c -> c.object() == object && UNDER_WAY.contains(c.state()));
      long arrived = settle(findings, run.id(), object);
      found += arrived;
      missing += open - arrived;
    }
    return end(run.id(), found, missing, jobs.size());
  }

  /**
   * Returns how many arrived. Rows that the store cannot give would keep a run for ever, so they
   * stay as they are; the next sync reads from Salesforce who exists.
   */
  private long settle(ArrivedRows findings, RunId run, CrmObject object) {
    List<Change> open;
    try {
      open = underWay(run, object);
    } catch (UnreadableStoreException e) {
      services
          .listener()
          .note(
              "the store cannot give the "
                  + object.word()
                  + " records in progress, so Salesforce is not asked about them");
      return 0;
    }
    return findings.settle(object, open);
  }

  private Abandoned end(RunId run, long found, long missing, long jobs) {
    lease.renew();
    DeletedHolds.put(services, run);
    services.store().personalData().forgetAgain();
    Abandoned abandoned =
        new Abandoned(
            run,
            count(run, c -> c.state() == State.DONE) - found,
            found,
            missing,
            count(run, c -> c.state() == State.PLANNED || c.state() == State.AWAITING_JOURNEY),
            jobs);
    services.store().runs().finish(run, RunState.ABANDONED, services.clock().instant());
    return abandoned;
  }

  /** Stops a job that has not begun to write, and waits for one that has. */
  private void end(JobTable.Job job) {
    Instant giveUpAt = services.clock().instant().plus(longestJob);
    while (!services.crm().stopJob(job.id())) {
      if (services.clock().instant().isAfter(giveUpAt)) {
        throw new SyncException(
            FailureKind.UNAVAILABLE,
            "abandon: an ingest job of the run is still being processed by Salesforce after "
                + longestJob.toMinutes()
                + " minutes. The run was not given up; run aou-sync abandon again later.");
      }
      lease.renew();
      services.pause().forDuration(LOOK);
    }
    services.store().jobs().setState(job.id(), JobTable.State.DONE);
  }

  /** At most the rows of a few calls and of one job are in progress at a time. */
  private List<Change> underWay(RunId run, CrmObject object) {
    List<Change> open = new ArrayList<>();
    new ChangePages(
            services.store().changes(),
            run,
            object,
            EnumSet.allOf(Change.Action.class),
            UNDER_WAY,
            Crm.MAX_BATCH)
        .forEach(open::addAll);
    return open;
  }

  private List<JobTable.Job> jobs(RunId run) {
    try {
      return services.store().jobs().unfinished(run);
    } catch (UnreadableStoreException e) {
      services
          .listener()
          .note(
              "the store cannot give the ingest jobs of the run, so none was ended; see in Salesforce"
                  + " (Setup, Bulk Data Load Jobs) that none is in progress before the next sync");
      return List.of();
    }
  }

  private boolean isReadable(RunId run) {
    try {
      List<ChangeCount> unused = services.store().changes().count(run);
      return true;
    } catch (UnreadableStoreException e) {
      return false;
    }
  }

  /** 0 if the store cannot give the rows. */
  private long count(RunId run, Predicate<ChangeCount> which) {
    if (!isReadable(run)) {
      return 0;
    }
    return services.store().changes().count(run).stream()
        .filter(c -> c.action() != Change.Action.REJECT && c.action() != Change.Action.NOTE)
        .filter(which)
        .mapToLong(ChangeCount::count)
        .sum();
  }
}
