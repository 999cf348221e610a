package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.util.function.Supplier;

/** Turns the client's failures into the sync's. */
final class CrmFaults {

  private CrmFaults() {}

  /** Makes a call that leaves nothing behind when it fails. */
  static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (SalesforceException e) {
      throw translated(e);
    }
  }

  static SyncException translated(SalesforceException e) {
    return new SyncException(
        kind(e.kind()), "Salesforce: " + e.getMessage(), e, e.retryAfter().orElse(null));
  }

  private static FailureKind kind(SalesforceException.Kind kind) {
    return switch (kind) {
      case CONFIGURATION, NOT_FOUND -> FailureKind.CONFIG;
      case AUTHENTICATION -> FailureKind.AUTH;
      case UNAVAILABLE -> FailureKind.UNAVAILABLE;
      case THROTTLED -> FailureKind.THROTTLED;
      case PROTOCOL, REJECTED -> FailureKind.PROTOCOL;
    };
  }
}
