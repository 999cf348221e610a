package edu.cumc.aou.salesforce;

import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import java.net.URI;

/** Clients of a simulated org, which log in as its integration user. */
public final class Clients {

  private Clients() {}

  /** What leads to the org. */
  public static SalesforceSettings.Builder settings(SalesforceSimulator org) {
    Credentials who = org.credentials();
    return SalesforceSettings.builder(
        URI.create(org.url()),
        new SalesforceAuth.ClientCredentials(who.clientId(), Secret.of(who.clientSecret())));
  }

  /** A client in virtual time. The caller closes it. */
  public static Salesforce of(SalesforceSimulator org, VirtualTime time) {
    return Salesforce.connect(settings(org).build(), time.surroundings());
  }
}
