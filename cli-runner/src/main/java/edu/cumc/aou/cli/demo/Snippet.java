package edu.cumc.aou.cli.demo;

import com.typesafe.config.ConfigUtil;
import edu.cumc.aou.simulator.salesforce.login.Credentials;

/** The part of a configuration that leads to a simulated org. */
public final class Snippet {

  private Snippet() {}

  /** HOCON, ready to be pasted. The credentials are invented, so they may be shown. */
  public static String of(String url, Credentials credentials, String accountId) {
    return """
        environment = sandbox

        salesforce {
          login-url = %s
          expected-org-id = %s
          auth {
            type = soap-password
            username = %s
            password = %s
            security-token = %s
          }
        }

        contact.account-id = %s
        """
        .formatted(
            ConfigUtil.quoteString(url),
            ConfigUtil.quoteString(credentials.organizationId()),
            ConfigUtil.quoteString(credentials.username()),
            ConfigUtil.quoteString(credentials.password()),
            ConfigUtil.quoteString(credentials.securityToken()),
            ConfigUtil.quoteString(accountId));
  }
}
