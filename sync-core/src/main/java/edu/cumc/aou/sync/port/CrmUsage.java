package edu.cumc.aou.sync.port;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cost of the CRM's calls.
 *
 * @param calls requests sent since the client was built, including repeats
 * @param repeats requests that repeated a failed one, by purpose, such as {@code query} or {@code
 *     write}
 * @param dailyUsed calls that everybody used in the org's rolling day, as last stated; -1 if
 *     unknown
 * @param dailyMax the org's daily allowance, as last stated; -1 if unknown
 */
public record CrmUsage(long calls, Map<String, Long> repeats, long dailyUsed, long dailyMax) {

  public static final CrmUsage NONE = new CrmUsage(0, Map.of(), -1, -1);

  public CrmUsage {
    repeats = Collections.unmodifiableMap(new TreeMap<>(repeats));
  }
}
