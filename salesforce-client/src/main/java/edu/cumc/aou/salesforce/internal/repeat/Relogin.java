package edu.cumc.aou.salesforce.internal.repeat;

/** The login that a call needs, and that a repeat may need again. */
public interface Relogin {

  /** Logs in, unless a session is open. */
  void open();

  /** Ensures a session with another token than the refused one. */
  void renew(String refusedToken);
}
