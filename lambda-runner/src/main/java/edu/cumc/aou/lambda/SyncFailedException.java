package edu.cumc.aou.lambda;

/**
 * Tells Lambda that a run failed as a whole. Lambda stores its message and passes it on, so it
 * holds no personal data, and no cause that might.
 */
public final class SyncFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SyncFailedException(String message) {
    super(message);
  }
}
