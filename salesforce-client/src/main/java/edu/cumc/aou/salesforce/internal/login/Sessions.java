package edu.cumc.aou.salesforce.internal.login;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.internal.repeat.Relogin;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the one session of a client. Threads that need a new one at the same time wait for one
 * login. Thread-safe.
 */
public final class Sessions implements Relogin {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final LoginFlow flow;
  private final BooleanSupplier renewSecrets;
  private @Nullable Session session;
  private @Nullable SalesforceException refusal;

  /**
   * Prepares it, without a login.
   *
   * @param renewSecrets reads the flow's secrets again; returns whether any has changed
   */
  public Sessions(LoginFlow flow, BooleanSupplier renewSecrets) {
    this.flow = flow;
    this.renewSecrets = renewSecrets;
  }

  /** The session, after a login if there is none. */
  public synchronized Session current() {
    Session open = session;
    if (open == null) {
      open = login();
      session = open;
    }
    return open;
  }

  @Override
  public void open() {
    current();
  }

  /** Ensures a session with another token than the refused one. */
  @Override
  public synchronized void renew(String refusedToken) {
    Session open = session;
    if (open != null && open.token().reveal().equals(refusedToken)) {
      LOG.info("the Salesforce session has ended; logging in again");
      session = null;
    }
    current();
  }

  private Session login() {
    if (refusal != null) {
      // Each further try with a wrong password brings the user nearer to a lockout.
      throw refusal;
    }
    try {
      return loginOrRefusal();
    } catch (SalesforceException e) {
      if (e.kind() == Kind.AUTHENTICATION) {
        refusal = e;
      }
      throw e;
    }
  }

  /** A secret that is kept elsewhere may have changed there: that is worth one more login. */
  private Session loginOrRefusal() {
    try {
      return flow.login();
    } catch (SalesforceException e) {
      if (e.kind() != Kind.AUTHENTICATION || !renewed(e)) {
        throw e;
      }
      LOG.info("the login was refused, and its secret has been changed since; logging in with it");
      return flow.login();
    }
  }

  private boolean renewed(SalesforceException refused) {
    try {
      return renewSecrets.getAsBoolean();
    } catch (RuntimeException e) {
      // We know that the login was refused; the failure to read its secret is added.
      refused.addSuppressed(e);
      LOG.warn("the login was refused, and its secret cannot be read again");
      return false;
    }
  }
}
