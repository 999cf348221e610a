package edu.cumc.aou.simulator.kit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rules of docs/simulator.md as questions to an org, and why some are none. */
final class Kit {
  private static final String LOCKS = "would lock a user out, or end sessions of others";
  private static final String FAULTS = "is about what goes wrong on demand";
  private static final String TIME = "needs a clock that goes as it is told";
  private static final String MANY = "needs more records than a sandbox of others should get";
  private static final String SETTINGS = "needs an org that is set up for it";
  private static final String OWN = "is a rule of the simulator, not of Salesforce";

  private static final Map<Integer, String> NOT_ASKED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(1, LOCKS),
              Map.entry(2, TIME),
              Map.entry(3, LOCKS),
              Map.entry(4, SETTINGS),
              Map.entry(6, FAULTS),
              Map.entry(8, "is a freedom that an org has, and no duty"),
              Map.entry(9, SETTINGS),
              Map.entry(17, "puts into a key what an org's own rules may refuse"),
              Map.entry(24, MANY),
              Map.entry(25, TIME),
              Map.entry(26, SETTINGS),
              Map.entry(29, SETTINGS),
              Map.entry(32, SETTINGS),
              Map.entry(39, SETTINGS),
              Map.entry(40, OWN),
              Map.entry(41, OWN),
              Map.entry(42, OWN),
              Map.entry(43, OWN),
              Map.entry(46, OWN),
              Map.entry(47, SETTINGS)));

  private Kit() {}

  static List<Rule> rules() {
    return Stream.of(RecordRules.all(), RequestRules.all(), JobRules.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Why no org is asked about a rule, by its number. */
  static Map<Integer, String> notAsked() {
    return NOT_ASKED;
  }
}
