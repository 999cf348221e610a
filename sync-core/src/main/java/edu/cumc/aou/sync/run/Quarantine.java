package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.plan.ParticipantValues;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.OrgFaults.OrgFault;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds participants with a record that fails in the same way day after day, because sending it
 * again only costs calls. The hold ends when the source changes, or when a person releases or
 * retries them.
 */
public final class Quarantine {

  private static final int BATCH = 500;

  /** Looks at up to this many earlier runs, because in some of them the org was at fault. */
  private static final int RUNS = 100;

  private final RunServices services;
  private final SyncSettings settings;
  private final Preparation preparation;

  public Quarantine(RunContext context) {
    this.services = context.services();
    this.settings = context.settings();
    this.preparation = context.preparation();
  }

  /** Lifts the quarantine of retried participants, and no other hold. */
  public void lift(Set<PmiId> retried) {
    List<PmiId> lifted = new ArrayList<>();
    try (Cursor<Hold> holds = services.store().holds().read()) {
      while (holds.hasNext()) {
        Hold hold = holds.next();
        if (hold.kind() == HoldTable.Kind.QUARANTINE && retried.contains(hold.pmiId())) {
          lifted.add(hold.pmiId());
        }
      }
    }
    if (!lifted.isEmpty()) {
      int unused = services.store().holds().release(lifted);
    }
  }

  /**
   * Quarantines participants with a record that failed as in the runs before; after a RETRY, all
   * with a failed record. A run with an org fault quarantines nobody and does not count.
   */
  public void close(RunId run) {
    SyncStore store = services.store();
    OrgFaults judge = new OrgFaults(store, settings.quarantine().maxShare());
    List<OrgFault> faults = judge.of(run);
    if (!faults.isEmpty()) {
      store.runs().addTallies(run, OrgFaults.tallies(faults));
      faults.forEach(this::tell);
      return;
    }
    int after = settings.quarantine().after();
    if (after == 0) {
      return;
    }
    boolean retry = store.runs().find(run).filter(r -> r.mode() == RunMode.RETRY).isPresent();
    int needed = retry ? 0 : after - 1;
    if (store.changes().repeatedFailures(run, List.of(), 0, 1).isEmpty()) {
      store.runs().addTallies(run, Tallies.of(Map.of(PlanTallies.QUARANTINED, 0L)));
      return;
    }
    List<RunId> others =
        (needed == 0 ? List.<Run>of() : store.runs().lastDone(RUNS))
            .stream()
                .filter(r -> !r.id().equals(run) && !judge.hadOne(r))
                .map(Run::id)
                .limit(needed)
                .toList();
    if (others.size() < needed) {
      return;
    }
    long put = 0;
    Failures failures = new Failures(run, others);
    @Nullable Change first = failures.peek();
    if (first != null) {
      put = hold(failures);
    }
    store.runs().addTallies(run, Tallies.of(Map.of(PlanTallies.QUARANTINED, put)));
    if (put > 0) {
      services
          .listener()
          .note(
              put
                  + (put == 1 ? " participant was" : " participants were")
                  + " put into quarantine, see aou-sync failures");
    }
  }

  private void tell(OrgFault fault) {
    if (!fault.held().isEmpty()) {
      int unused = services.store().holds().release(fault.held());
    }
    services
        .listener()
        .note(
            "the org is at fault: %,d of %,d %s records failed with %s%s; nobody is put into quarantine%s"
                .formatted(
                    fault.records(),
                    fault.attempted(),
                    fault.object().word(),
                    fault.code(),
                    fault.fields().isEmpty() ? "" : " on " + String.join(", ", fault.fields()),
                    fault.held().isEmpty()
                        ? ""
                        : ", and the %,d participants that it brought there are released"
                            .formatted(fault.held().size())));
  }

  /**
   * Reads the source again, for the hash of what was sent; both streams are in the order of PMI
   * IDs.
   */
  private long hold(Failures failures) {
    LocalDate today = LocalDate.ofInstant(services.clock().instant(), settings.localZone());
    NavigableMap<PmiId, Hold> holds = new TreeMap<>();
    long put = 0;
    try (Cursor<SourceEntry> source = services.source().read(preparation.query())) {
      while (source.hasNext() && failures.peek() != null) {
        if (source.next() instanceof SourceEntry.Found found) {
          PmiId pmiId = found.participant().pmiId();
          for (Change failed : failures.takeUpTo(pmiId)) {
            ParticipantValues values =
                ParticipantValues.of(preparation.mapping(), found.participant(), today);
            // The source may have changed during the run; then the next run tries again.
            if (values.stillSay(failed.object(), failed.newValues())) {
              holds.put(pmiId, holdOf(failed, values.hash()));
            }
          }
          if (holds.size() >= BATCH) {
            put += store(holds);
          }
        }
      }
    }
    return put + store(holds);
  }

  private long store(NavigableMap<PmiId, Hold> holds) {
    int size = holds.size();
    services.store().holds().put(List.copyOf(holds.values()));
    holds.clear();
    return size;
  }

  private Hold holdOf(Change failed, String hash) {
    String code = failed.errorCode() == null ? "unknown" : failed.errorCode();
    return new Hold(
        failed.pmiId(),
        HoldTable.Kind.QUARANTINE,
        reason(failed.object(), code),
        services.clock().instant(),
        hash);
  }

  /** The reason of a hold for this code. */
  static String reason(CrmObject object, String code) {
    String reason = object.word() + ": " + code;
    return reason.substring(0, Math.min(200, reason.length()));
  }

  /** The repeated failures of a run, page by page. */
  private final class Failures {
    private final RunId run;
    private final List<RunId> others;
    private List<Change> page = List.of();
    private int next;
    private long after;
    private boolean last;

    Failures(RunId run, List<RunId> others) {
      this.run = run;
      this.others = others;
    }

    @Nullable Change peek() {
      while (next >= page.size() && !last) {
        page = services.store().changes().repeatedFailures(run, others, after, BATCH);
        last = page.size() < BATCH;
        next = 0;
        after = page.isEmpty() ? after : page.get(page.size() - 1).seq();
      }
      return next < page.size() ? page.get(next) : null;
    }

    /** The failures of this participant; skips those of earlier participants. */
    List<Change> takeUpTo(PmiId pmiId) {
      List<Change> taken = new ArrayList<>();
      for (Change head = peek();
          head != null && head.pmiId().compareTo(pmiId) <= 0;
          head = peek()) {
        next++;
        boolean ours =
            !PlanApproval.NOT_AS_APPROVED.equals(head.errorCode())
                && !KeyCheck.STOPPED.equals(head.errorCode())
                && !PlanTallies.isAmbiguity(head.errorCode());
        if (head.pmiId().equals(pmiId) && ours) {
          taken.add(head);
        }
      }
      return taken;
    }
  }
}
