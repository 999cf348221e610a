package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.OrgChange;
import edu.cumc.aou.sync.model.OrgTraits;
import edu.cumc.aou.sync.model.OrgTraits.Sort;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.Crm.Automation;
import edu.cumc.aou.sync.port.OrgIdentity;
import edu.cumc.aou.sync.port.RunTable.OrgSeen;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Notices changes of the org since the last good run. It compares fields and picklists each day,
 * because a run reads them anyway. It compares rules and automations once a week, because they cost
 * calls.
 */
public final class OrgWatch {

  /** A week, less an hour, because a run at the same time of day may begin a little earlier. */
  private static final Duration RULES_HOLD = Duration.ofDays(7).minusHours(1);

  private OrgWatch() {}

  /**
   * Looks, and notes what it saw. The next run looks at what does not answer now.
   *
   * @return whether calls were made
   */
  public static boolean look(
      RunServices services,
      Preparation preparation,
      RunId run,
      RunMode mode,
      Optional<Run> lastGood) {
    OrgIdentity org = preparation.org();
    SyncStore store = services.store();
    if (mode != RunMode.SYNC) {
      store.runs().noteOrg(run, OrgSeen.named(org.name()));
      return false;
    }
    OrgSeen before = seenBy(lastGood, org);
    String fields = preparation.described().hash();
    Instant now = services.clock().instant();
    boolean rulesDue = isDue(before.rulesAt(), now);
    if (fields.equals(before.fields()) && !rulesDue) {
      store
          .runs()
          .noteOrg(
              run, new OrgSeen(org.name(), fields, before.traits(), before.rulesAt(), List.of()));
      return false;
    }
    OrgTraits known = known(store, before);
    OrgTraits seen = preparation.described();
    Instant rulesAt = before.rulesAt();
    if (rulesDue) {
      try {
        seen = withRules(seen, preparation, services.crm());
        rulesAt = now;
      } catch (SyncException e) {
        if (e.kind() == FailureKind.ALREADY_RUNNING) {
          throw e;
        }
        services.listener().note("rules and automations of the org could not be looked at");
      }
    }
    OrgTraits all = seen.over(known);
    List<OrgChange> changes = all.since(known);
    RunId keeper = before.traits();
    if (!all.equals(known)) {
      store.org().keep(run, all);
      keeper = run;
    }
    store.runs().noteOrg(run, new OrgSeen(org.name(), fields, keeper, rulesAt, changes));
    if (!changes.isEmpty()) {
      services
          .listener()
          .note(
              "the org has changed since the last good run in "
                  + changes.size()
                  + (changes.size() == 1 ? " thing" : " things")
                  + "; the report names them");
    }
    return rulesDue;
  }

  /** What the last good run saw, unless it saw another org. */
  private static OrgSeen seenBy(Optional<Run> lastGood, OrgIdentity org) {
    return lastGood.filter(r -> r.orgId().equals(org.id())).map(Run::org).orElse(OrgSeen.NOTHING);
  }

  private static boolean isDue(@Nullable Instant last, Instant now) {
    return last == null || last.isAfter(now) || !now.isBefore(last.plus(RULES_HOLD));
  }

  private static OrgTraits known(SyncStore store, OrgSeen seen) {
    RunId keeper = seen.traits();
    return keeper == null ? OrgTraits.NONE : store.org().keptBy(keeper).orElse(OrgTraits.NONE);
  }

  private static OrgTraits withRules(OrgTraits described, Preparation preparation, Crm crm) {
    OrgTraits traits = withAutomation(described, crm.automation(), preparation.objects());
    return preparation.org().isSandbox() ? withMail(traits, crm.mail()) : traits;
  }

  private static OrgTraits withAutomation(
      OrgTraits described, List<Automation> found, Map<CrmObject, String> names) {
    OrgTraits traits = described;
    for (Automation automation : found) {
      if (automation.seen()) {
        Map<String, String> active = new TreeMap<>();
        automation.names().forEach(name -> active.put(name, ""));
        traits =
            traits.with(automation.sort(), String.valueOf(names.get(automation.object())), active);
      }
    }
    return traits;
  }

  private static OrgTraits withMail(OrgTraits traits, Crm.Mail mail) {
    return switch (mail) {
      case LEAVES -> traits.with(Sort.MAIL, "org", Map.of("mail", "let out of the org"));
      case STAYS -> traits.with(Sort.MAIL, "org", Map.of("mail", "kept within the org"));
      case NOT_TOLD -> traits;
    };
  }

  /** What has changed since the last good run, and when that was. Notes nothing. */
  public record Since(Instant lastGood, List<OrgChange> changes) {

    public Since {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Compares what a check-up saw with the last good run.
   *
   * @return empty if no good run looked
   */
  public static Optional<Since> since(
      SyncStore store,
      OrgIdentity org,
      List<ObjectInfo> described,
      Map<CrmObject, String> names,
      List<Automation> automation,
      Crm.Mail mail) {
    Optional<Run> good = store.runs().lastDone(1).stream().findFirst();
    OrgTraits known = known(store, seenBy(good, org));
    if (good.isEmpty() || known.equals(OrgTraits.NONE)) {
      return Optional.empty();
    }
    OrgTraits traits = OrgTraits.NONE;
    for (ObjectInfo object : described) {
      traits = traits.with(object);
    }
    OrgTraits now = withMail(withAutomation(traits, automation, names), mail);
    return Optional.of(new Since(good.get().startedAt(), now.since(known)));
  }
}
