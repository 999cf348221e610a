package edu.cumc.aou.salesforce.internal;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the one session of a client. Threads that need a new one at the same time wait for one
 * login. Thread-safe.
 */
final class Sessions {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final LoginFlow flow;
  private @Nullable Session session;
  private @Nullable SalesforceException refusal;

  Sessions(LoginFlow flow) {
    this.flow = flow;
  }

  /** The session, after a login if there is none. */
  synchronized Session current() {
    Session open = session;
    if (open == null) {
      open = login();
      session = open;
    }
    return open;
  }

  /** Sees to a session other than the one with the token that was refused. */
  synchronized void renew(String refusedToken) {
    Session open = session;
    if (open != null && open.token().reveal().equals(refusedToken)) {
      LOG.info("the Salesforce session has ended; logging in again");
      session = null;
    }
    current();
  }

  private Session login() {
    if (refusal != null) {
      // each further try with a wrong password brings the user nearer to being locked out
      throw refusal;
    }
    try {
      return flow.login();
    } catch (SalesforceException e) {
      if (e.kind() == Kind.AUTHENTICATION) {
        refusal = e;
      }
      throw e;
    }
  }
}
