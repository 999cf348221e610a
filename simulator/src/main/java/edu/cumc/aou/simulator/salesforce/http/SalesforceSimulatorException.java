package edu.cumc.aou.simulator.salesforce.http;

import org.jspecify.annotations.Nullable;

/**
 * The simulator cannot do what its owner asked: start, keep its state, or edit a record. Messages
 * name settings, fields and codes, never values or ids.
 */
public final class SalesforceSimulatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SalesforceSimulatorException(String message) {
    super(message);
  }

  public SalesforceSimulatorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
