package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.SalesforceIds;
import edu.cumc.aou.sync.port.OrgIdentity;
import edu.cumc.aou.sync.settings.Environment;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.Optional;

/** Checks that this org may be written to. */
public final class OrgRules {

  private OrgRules() {}

  /**
   * Checks that the org is the one that the settings mean.
   *
   * @param problems gets a problem for each setting that the org contradicts
   */
  public static void checkOrg(OrgIdentity org, SyncSettings settings, ConfigProblems problems) {
    boolean wantsSandbox = settings.environment() == Environment.SANDBOX;
    if (!org.isTold()) {
      checkUntold(settings, problems);
    } else if (org.isSandbox() != wantsSandbox) {
      problems.add(
          FindingCode.OTHER_ORG,
          "environment",
          "the setting says "
              + (wantsSandbox ? "sandbox" : "production")
              + ", the org says it is "
              + (org.isSandbox() ? "a sandbox" : "no sandbox")
              + "; correct environment or salesforce.login-url");
    }
    String expected = settings.expectedOrgId();
    if (expected != null
        && !SalesforceIds.canonical(expected).equals(SalesforceIds.canonical(org.id()))) {
      problems.add(
          FindingCode.OTHER_ORG,
          "salesforce.expected-org-id",
          "the login leads to another org; correct the setting or the login");
    }
  }

  /** An org that does not say what it is must be named in the settings. */
  private static void checkUntold(SyncSettings settings, ConfigProblems problems) {
    if (settings.expectedOrgId() == null) {
      problems.add(
          FindingCode.OTHER_ORG,
          "environment",
          "it is unknown whether the org is a sandbox, because the user may not read Organization;"
              + " set salesforce.expected-org-id, or grant the permission View Setup and"
              + " Configuration");
    }
  }

  /** Checks that the store belongs to this org. */
  public static void checkStore(
      OrgIdentity org, Optional<String> boundOrg, ConfigProblems problems) {
    boundOrg
        .filter(bound -> !bound.equals(org.id()))
        .ifPresent(
            bound ->
                problems.add(
                    FindingCode.STORE_OF_OTHER_ORG,
                    "store.jdbc-url",
                    "this store belongs to another Salesforce org; use a store of its own for each"
                        + " org, or start this one afresh with aou-sync init --rebind"));
  }
}
