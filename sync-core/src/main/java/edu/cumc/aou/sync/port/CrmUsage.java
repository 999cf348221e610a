package edu.cumc.aou.sync.port;

/**
 * What the CRM's calls have cost.
 *
 * @param calls requests sent since the client was built, repeated ones included
 * @param dailyUsed calls used by everybody in the org's rolling day, as last stated; -1 when
 *     unknown
 * @param dailyMax the org's daily allowance, as last stated; -1 when unknown
 */
public record CrmUsage(long calls, long dailyUsed, long dailyMax) {

  public static final CrmUsage NONE = new CrmUsage(0, -1, -1);
}
