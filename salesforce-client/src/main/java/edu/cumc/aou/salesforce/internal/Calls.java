package edu.cumc.aou.salesforce.internal;

import edu.cumc.aou.salesforce.CallKind;
import java.util.function.Supplier;

/** The gateway with one session and one version of the API. Thread-safe. */
record Calls(Gateway gateway, Sessions sessions, String version) {

  <T> T read(CallKind kind, String operation, Supplier<T> attempt) {
    return gateway.call(sessions, kind, operation, Safety.READ, attempt);
  }

  <T> T write(String operation, Safety safety, Supplier<T> attempt) {
    return gateway.call(sessions, CallKind.WRITE, operation, safety, attempt);
  }

  /** A call about a Bulk job. */
  <T> T bulk(String operation, Safety safety, Supplier<T> attempt) {
    return gateway.call(sessions, CallKind.BULK, operation, safety, attempt);
  }

  void writeVoid(String operation, Runnable attempt) {
    write(
        operation,
        Safety.REPEATABLE,
        () -> {
          attempt.run();
          return true;
        });
  }

  /** An id from outside must not become another path. */
  static String id(String id) {
    if (!id.matches("[A-Za-z0-9]{15}([A-Za-z0-9]{3})?")) {
      throw new IllegalArgumentException("a Salesforce id has 15 or 18 letters and digits");
    }
    return id;
  }
}
