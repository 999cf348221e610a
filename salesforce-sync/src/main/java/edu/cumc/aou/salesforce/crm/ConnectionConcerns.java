package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.ApiVersion;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.sync.port.Crm.Concern;
import java.util.ArrayList;
import java.util.List;

/** What an administrator should know about a connection's settings. */
final class ConnectionConcerns {

  private static final String VERSION = "salesforce.api-version";

  private ConnectionConcerns() {}

  static List<Concern> of(SalesforceSettings settings, List<ApiVersion> offered) {
    List<Concern> concerns = new ArrayList<>();
    String version = settings.apiVersion();
    if (!offered.isEmpty() && offered.stream().noneMatch(o -> o.version().equals(version))) {
      concerns.add(
          new Concern(
              VERSION,
              true,
              "the org does not offer version " + version,
              "set it to a version from "
                  + offered.get(0).version()
                  + " to "
                  + offered.get(offered.size() - 1).version()));
    } else if (!offered.isEmpty() && offered.get(0).version().equals(version)) {
      concerns.add(
          new Concern(
              VERSION,
              false,
              "version " + version + " is the oldest that the org offers: it is the next to go",
              "try a newer version in a sandbox, up to "
                  + offered.get(offered.size() - 1).version()));
    }
    if (settings.auth() instanceof SalesforceAuth.SoapPassword) {
      concerns.add(
          passwordLogin(
              "soap-password",
              "Salesforce retires the SOAP login in 2027, and newer orgs have it switched off"));
    } else if (settings.auth() instanceof SalesforceAuth.OAuthPassword) {
      concerns.add(
          passwordLogin(
              "oauth-password",
              "newer orgs refuse logins by password, and Salesforce retires them in 2027"));
    }
    return concerns;
  }

  private static Concern passwordLogin(String type, String why) {
    return new Concern(
        "salesforce.auth.type",
        false,
        "is " + type + ": " + why,
        "log in with jwt (a connected app with a certificate) or client-credentials");
  }
}
