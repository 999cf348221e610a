package edu.cumc.aou.runtime.notify;

/** A notice did not arrive; the message says why and what to do, and names no secret. */
final class UndeliveredException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean mayPass;

  private UndeliveredException(String message, boolean mayPass) {
    super(message);
    this.mayPass = mayPass;
  }

  /** A failure that lasts until a person changes something. */
  static UndeliveredException forGood(String message) {
    return new UndeliveredException(message, false);
  }

  /** A failure that may pass in a moment. */
  static UndeliveredException forNow(String message) {
    return new UndeliveredException(message, true);
  }

  boolean mayPass() {
    return mayPass;
  }
}
