package edu.cumc.aou.salesforce;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What the client's calls have cost.
 *
 * @param requests requests sent since the client was built, repeated ones included, by kind
 * @param repeats those of them that only did again what had failed before, by kind: attempts after
 *     the first, downloads taken up again, and calls with records that had met a lock
 * @param dailyUsed calls used by everybody in the org's rolling day, as last stated
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

  /** All requests that did again what had failed before. */
  public long repeated() {
    return repeats.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All requests that Salesforce counts, those of all kinds but logins and free ones. */
  public long counted() {
    return requests.entrySet().stream()
        .filter(e -> e.getKey() != CallKind.FREE && e.getKey() != CallKind.LOGIN)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
