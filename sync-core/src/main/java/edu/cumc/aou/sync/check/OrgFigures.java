package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.adoption.Adoption;
import edu.cumc.aou.sync.check.FindingList.Side;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.port.Crm.Automation;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.CrmUsage;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many Contacts may be adopted, and how many API calls are left. */
final class OrgFigures {

  /** More are not named. */
  private static final int NAMED = 5;

  private final RunServices services;
  private final SyncSettings settings;
  private final FindingList findings;

  OrgFigures(RunServices services, SyncSettings settings, FindingList findings) {
    this.services = services;
    this.settings = settings;
    this.findings = findings;
  }

  void lookAtCandidates() {
    if (!settings.adoption().isOn()) {
      return;
    }
    CrmScope scope = CrmScope.withoutPmiId(settings.adoption().owners());
    findings
        .attempt(Side.SALESFORCE, "adoption", () -> services.crm().count(CrmObject.CONTACT, scope))
        .ifPresent(count -> findings.add(candidates(count)));
  }

  private static Finding candidates(long count) {
    if (count == 0) {
      return Finding.warning(
          FindingCode.NO_CANDIDATES,
          "adoption.owners",
          "these users own no Contact without a PMI ID",
          "check the ids, and what the Salesforce user may see");
    }
    String message =
        String.format(Locale.ROOT, "%,d Contacts without a PMI ID may be adopted", count);
    return count > Adoption.MOST_CANDIDATES
        ? Finding.error(
            FindingCode.WRONG_SETTING,
            "adoption.owners",
            message + ", too many to compare",
            "name fewer users, or narrow contact.where")
        : Finding.ok("adoption", message);
  }

  /** What acts on our writes, as far as the user may see it. */
  void lookAtAutomation() {
    boolean looked = false;
    for (CrmObject object : CrmObject.values()) {
      List<Automation> found =
          findings
              .attempt(
                  Side.SALESFORCE,
                  object.word() + ".object",
                  () -> services.crm().automation(object))
              .orElse(List.of());
      if (!found.isEmpty()) {
        looked = true;
        findings.add(Finding.ok(object.word() + ".object", actsOn(object, found)));
      }
    }
    if (looked) {
      findings.add(
          Finding.ok(
              "salesforce",
              "validation rules, and in a sandbox the deliverability of e-mail, cannot be looked at"
                  + " by this program: see Setup, Object Manager, Validation Rules, and Setup,"
                  + " Deliverability"));
    }
  }

  private String actsOn(CrmObject object, List<Automation> found) {
    List<String> parts = new ArrayList<>();
    for (Automation automation : found) {
      if (automation.seen()) {
        int number = automation.names().size();
        String named = String.join(", ", automation.names().subList(0, Math.min(number, NAMED)));
        parts.add(
            String.format(
                Locale.ROOT,
                "%,d active %s%s",
                number,
                words(automation, number != 1),
                number == 0 ? "" : " (" + named + (number > NAMED ? ", …" : "") + ")"));
      }
    }
    List<String> unseen = found.stream().filter(a -> !a.seen()).map(a -> words(a, true)).toList();
    String name =
        object == CrmObject.CONTACT ? settings.contact().object() : settings.journey().object();
    return "on "
        + name
        + (parts.isEmpty() ? "" : " act " + String.join(", ", parts))
        + (parts.isEmpty() || unseen.isEmpty() ? "" : ";")
        + (unseen.isEmpty() ? "" : " the Salesforce user may not see " + String.join(", ", unseen));
  }

  private static String words(Automation automation, boolean several) {
    return automation.sort().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + (several ? "s" : "");
  }

  void lookAtUsage() {
    CrmUsage usage = services.crm().usage();
    if (usage.dailyMax() <= 0) {
      findings.add(
          Finding.warning(
              FindingCode.API_CALLS_UNKNOWN,
              "salesforce",
              "the org does not say how many API calls are left",
              "look at Setup, Company Information"));
      return;
    }
    long left = usage.dailyMax() - usage.dailyUsed();
    String message =
        String.format(
            Locale.ROOT, "%,d of %,d API calls of the day are left", left, usage.dailyMax());
    if (left < settings.guards().apiReserve() * usage.dailyMax()) {
      findings.add(
          Finding.error(
              FindingCode.FEW_API_CALLS,
              "guards.api-reserve",
              message,
              "run later, or lower the setting"));
    } else {
      findings.add(Finding.ok("salesforce", message));
    }
  }
}
