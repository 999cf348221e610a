package edu.cumc.aou.mornings.life;

import java.util.Set;

/** Which calls to the store change it. */
final class StoreCalls {

  private static final Set<String> READ =
      Set.of(
          "verify",
          "find",
          "latest",
          "lastDone",
          "read",
          "page",
          "count",
          "counts",
          "boundOrg",
          "place",
          "keys",
          "state",
          "unfinished",
          "unfinishedPlans",
          "lastSeq",
          "withValues",
          "removable",
          "open",
          "openAnomalies",
          "plannedClears",
          "lookup",
          "store");

  private static final Set<String> ADD =
      Set.of("create", "append", "add", "begin", "put", "seen", "writeBack", "keep", "start");

  private StoreCalls() {}

  private static String method(String call) {
    return call.substring(call.lastIndexOf('.') + 1);
  }

  static boolean write(String call) {
    return call.startsWith("store.") && !READ.contains(method(call));
  }

  static boolean addRows(String call) {
    return call.startsWith("store.") && ADD.contains(method(call));
  }
}
