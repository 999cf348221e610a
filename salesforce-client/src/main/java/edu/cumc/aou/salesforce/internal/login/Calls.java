package edu.cumc.aou.salesforce.internal.login;

import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.internal.repeat.Gateway;
import edu.cumc.aou.salesforce.internal.repeat.Safety;
import java.util.function.Supplier;

/** The gateway with one session and one version of the API. Thread-safe. */
public record Calls(Gateway gateway, Sessions sessions, String version) {

  public <T> T read(CallKind kind, String operation, Supplier<T> attempt) {
    return gateway.call(sessions, kind, operation, Safety.READ, attempt);
  }

  public <T> T write(String operation, Safety safety, Supplier<T> attempt) {
    return gateway.call(sessions, CallKind.WRITE, operation, safety, attempt);
  }

  /** A call about a Bulk job. */
  public <T> T bulk(String operation, Safety safety, Supplier<T> attempt) {
    return gateway.call(sessions, CallKind.BULK, operation, safety, attempt);
  }

  public void writeVoid(String operation, Runnable attempt) {
    write(
        operation,
        Safety.REPEATABLE,
        () -> {
          attempt.run();
          return true;
        });
  }

  /** An id from outside must not become another path. */
  public static String id(String id) {
    if (!id.matches("[A-Za-z0-9]{15}([A-Za-z0-9]{3})?")) {
      throw new IllegalArgumentException("a Salesforce id has 15 or 18 letters and digits");
    }
    return id;
  }
}
