package edu.cumc.aou.salesforce.internal.repeat;

/** The login that a call needs, and that a repeat may need again. */
public interface Relogin {

  /** Logs in, unless a session is open. */
  void open();

  /** Sees to a session other than the one with the token that was refused. */
  void renew(String refusedToken);
}
