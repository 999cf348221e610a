package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.adoption.Adoption;
import edu.cumc.aou.sync.check.FindingList.Side;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.CrmUsage;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.Locale;

/** Reports how many Contacts may be adopted, and how many API calls are left. */
final class OrgFigures {

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
