package edu.cumc.aou.sync.port;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the CRM's calls have cost.
 *
 * @param calls requests sent since the client was built, repeated ones included
 * @param repeats those of them that only did again what had failed before, by the word for what
 *     they were for, such as {@code query} or {@code write}
 * @param dailyUsed calls used by everybody in the org's rolling day, as last stated; -1 when
 *     unknown
 * @param dailyMax the org's daily allowance, as last stated; -1 when unknown
 */
public record CrmUsage(long calls, Map<String, Long> repeats, long dailyUsed, long dailyMax) {

  public static final CrmUsage NONE = new CrmUsage(0, Map.of(), -1, -1);

  public CrmUsage {
    repeats = Collections.unmodifiableMap(new TreeMap<>(repeats));
  }
}
