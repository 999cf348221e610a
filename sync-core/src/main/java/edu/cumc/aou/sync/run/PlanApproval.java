package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest.ApprovedPlan;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out an approved plan, and nothing else. It makes the plan again, from source and
 * Salesforce as they are now, and sends only changes that come out the same. So a field or a PMI ID
 * that has moved, or a participant who has withdrawn since, is left alone.
 */
public final class PlanApproval {

  /** The code of a change that was approved in another form, or not at all. */
  public static final String NOT_AS_APPROVED = "not-as-approved";

  private static final int BATCH = 500;

  private PlanApproval() {}

  /**
   * Refuses a plan that is unknown, altered, expired, or made for something else.
   *
   * @param undone the run that is to be undone; null for a sync
   */
  public static void check(
      RunServices services,
      ApprovedPlan approved,
      Preparation preparation,
      @Nullable RunId undone,
      Duration expires) {
    Optional<Run> found = services.store().runs().find(approved.run());
    if (found.isEmpty() || !isPlan(found.get())) {
      throw refusal(undone, "this store has no plan " + approved.run() + " that was completed");
    }
    Run plan = found.get();
    if (!Objects.equals(plan.undone(), undone)) {
      throw refusal(undone, "plan " + plan.id() + " was made for something else");
    }
    if (plan.startedAt().plus(expires).isBefore(services.clock().instant())) {
      throw refusal(undone, "plan " + plan.id() + " is older than " + expires.toHours() + " hours");
    }
    if (!plan.orgId().equals(preparation.org().id())) {
      throw refusal(undone, "plan " + plan.id() + " was made for another org");
    }
    if (!plan.mappingFingerprint().equals(preparation.mapping().fingerprint())) {
      throw refusal(undone, "the mapping has changed since plan " + plan.id() + " was made");
    }
    if (!PlanDigest.of(services.store().changes(), plan.id()).equals(approved.digest())) {
      throw refusal(
          undone, "the file and plan " + plan.id() + " in the store do not hold the same changes");
    }
  }

  /**
   * Whether a run made a whole plan. A plan that a guard found too large is whole, because the
   * guard asks for its approval. A plan that stopped halfway is not.
   */
  public static boolean isPlan(Run run) {
    boolean ended = run.state() == RunState.PLANNED || run.state() == RunState.GUARDED;
    return run.mode() == RunMode.PLAN && ended && StepClock.isDone(SyncStep.PLAN, run.tallies());
  }

  private static SyncException refusal(@Nullable RunId undone, String what) {
    String option = undone == null ? "--plan" : "--approved";
    String again =
        undone == null ? "aou-sync plan --out FILE" : "aou-sync undo " + undone + " --dry-run";
    return new SyncException(
        FailureKind.CONFIG,
        option + ": " + what + ". Nothing was changed; make a new plan with " + again + ".");
  }

  /** Refuses each row of the run that differs from the approved plan. */
  public static void restrict(RunServices services, RunId run, ApprovedPlan approved) {
    for (CrmObject object : CrmObject.values()) {
      WriteRows planned = WriteRows.planned(services.store().changes(), run, object);
      WriteRows allowed = WriteRows.planned(services.store().changes(), approved.run(), object);
      @Nullable Change head = allowed.hasNext() ? allowed.next() : null;
      List<Settlement> refused = new ArrayList<>();
      while (planned.hasNext()) {
        Change change = planned.next();
        while (head != null && head.pmiId().compareTo(change.pmiId()) < 0) {
          head = allowed.hasNext() ? allowed.next() : null;
        }
        if (head == null || !isSame(head, change)) {
          refused.add(
              new Settlement(
                  change.seq(), Change.State.FAILED, null, null, NOT_AS_APPROVED, List.of()));
        }
        if (refused.size() >= BATCH) {
          services.store().changes().settle(run, List.copyOf(refused));
          refused.clear();
        }
      }
      services.store().changes().settle(run, refused);
    }
  }

  private static boolean isSame(Change approved, Change planned) {
    return approved.pmiId().equals(planned.pmiId())
        && approved.action() == planned.action()
        && Objects.equals(approved.contactId(), planned.contactId())
        && Objects.equals(approved.journeyId(), planned.journeyId())
        && approved.oldValues().equals(planned.oldValues())
        && approved.newValues().equals(planned.newValues());
  }
}
