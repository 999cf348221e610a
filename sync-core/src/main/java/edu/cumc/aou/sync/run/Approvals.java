package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.model.SyncRequest.ApprovedPlan;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.AuditTable.Kind;
import edu.cumc.aou.sync.port.ForgottenOrg;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Enters approvals in the audit trail: a row when a person approves a plan, and a row when a run
 * carries it out. Both name the person and the digest of that exact plan.
 */
public final class Approvals {

  private static final String DIGEST = "digest";
  private static final String SAID = "approved-by";
  private static final String WHY = "why";
  private static final String PLAN = "plan";

  private Approvals() {}

  /**
   * Enters that a person approves a plan.
   *
   * @param why the reason; empty text for none
   * @throws SyncException CONFIG if there is no such plan, the store has forgotten its org, or it
   *     holds other changes
   */
  public static Head approve(SyncStore store, ApprovedPlan plan, String why) {
    Run run =
        store
            .runs()
            .find(plan.run())
            .filter(PlanApproval::isPlan)
            .orElseThrow(
                () -> refused("this store has no plan " + plan.run() + " that was completed"));
    if (ForgottenOrg.isOf(run.tallies())) {
      throw refused(
          "this store has forgotten the org of plan "
              + plan.run()
              + " since (aou-sync init --rebind)");
    }
    if (!PlanDigest.of(store.changes(), plan.run()).equals(plan.digest())) {
      throw refused(
          "the file and plan " + plan.run() + " in the store do not hold the same changes");
    }
    return store.audit().append(Entry.of(Kind.APPROVAL, plan.run(), what(plan, why)));
  }

  private static SyncException refused(String why) {
    return new SyncException(
        FailureKind.CONFIG,
        "approve: "
            + why
            + ". Nothing was approved; make a new plan with aou-sync plan --out FILE.");
  }

  private static SortedMap<String, String> what(ApprovedPlan plan, String why) {
    SortedMap<String, String> what = new TreeMap<>();
    what.put(PLAN, plan.run().toString());
    what.put(DIGEST, plan.digest());
    if (!plan.by().isEmpty()) {
      what.put(SAID, plan.by());
    }
    if (!why.isEmpty()) {
      what.put(WHY, why);
    }
    return what;
  }

  /**
   * Refuses what one person alone may not do. Enters what a run does beyond a plain sync: carry out
   * a plan, or pass a guard.
   */
  public static void enter(SyncStore store, SyncSettings settings, SyncRequest request, RunId run) {
    boolean twoPersons = settings.guards().twoPersons();
    request
        .approvedPlan()
        .ifPresent(
            plan -> {
              if (twoPersons) {
                requireAnother(store, plan);
              }
              Head unused =
                  store.audit().append(Entry.of(Kind.APPROVAL, run, what(plan, plan.why())));
            });
    if (request.initialLoad() && request.mode() != RunMode.PLAN) {
      if (twoPersons && request.approvedPlan().isEmpty()) {
        throw new SyncException(
            FailureKind.CONFIG,
            "guards.two-persons: --initial-load lifts a guard, and one person alone may not. Nothing"
                + " was changed; make a plan with aou-sync plan --initial-load --out FILE, let"
                + " another user approve it with aou-sync approve FILE, then run aou-sync sync"
                + " --plan FILE --initial-load.");
      }
      SortedMap<String, String> what = new TreeMap<>();
      what.put("lifted", "guards.max-inserts");
      what.put("option", "initial-load");
      Head unused = store.audit().append(Entry.of(Kind.OVERRIDE, run, what));
    }
  }

  private static void requireAnother(SyncStore store, ApprovedPlan plan) {
    String me = user(store.audit().who());
    boolean approved =
        store.audit().about(plan.run(), Kind.APPROVAL).stream()
            .filter(row -> plan.digest().equals(row.what().get(DIGEST)))
            .anyMatch(row -> !user(row.who()).equals(me));
    if (!approved) {
      throw new SyncException(
          FailureKind.CONFIG,
          "guards.two-persons: plan "
              + plan.run()
              + " was not approved by another person. Nothing was changed; let another user of the"
              + " operating system run aou-sync approve "
              + plan.run()
              + ", then run this again.");
    }
  }

  /**
   * The user's name without domain and machine, because one person has the same name on several
   * machines.
   */
  static String user(String who) {
    int host = who.indexOf(" on ");
    String user = host < 0 ? who : who.substring(0, host);
    return user.substring(user.lastIndexOf('\\') + 1).toLowerCase(Locale.ROOT);
  }
}
