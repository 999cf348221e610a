package edu.cumc.aou.salesforce;

import java.util.Map;
import java.util.OptionalLong;

/**
 * The cost of the client's calls.
 *
 * @param requests requests sent since the client was built, including repeats, by kind
 * @param repeats requests that repeated a failed one, by kind: attempts after the first, resumed
 *     downloads, and calls with records that had met a lock
 * @param dailyUsed calls that everybody used in the org's rolling day, as last stated
 * @param dailyMax the org's daily allowance, as last stated
 */
public record ApiUsage(
    Map<CallKind, Long> requests,
    Map<CallKind, Long> repeats,
    OptionalLong dailyUsed,
    OptionalLong dailyMax) {
  public ApiUsage {
    requests = Map.copyOf(requests);
    repeats = Map.copyOf(repeats);
  }

  /** All requests of this client. */
  public long total() {
    return requests.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All requests that repeated a failed one. */
  public long repeated() {
    return repeats.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All requests that Salesforce counts: all kinds but logins and free ones. */
  public long counted() {
    return requests.entrySet().stream()
        .filter(e -> e.getKey() != CallKind.FREE && e.getKey() != CallKind.LOGIN)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
