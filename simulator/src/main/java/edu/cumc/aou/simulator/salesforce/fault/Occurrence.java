package edu.cumc.aou.simulator.salesforce.fault;

import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Which of the requests that a rule matches meet its fault. */
final class Occurrence {
  /** The settings that say so; at most one kind of them may be given. */
  static final Set<String> SETTINGS = Set.of("nth", "every", "from", "to", "probability", "seed");

  private Occurrence() {}

  /**
   * Reads the settings; without any, all requests meet the fault.
   *
   * @return the test of the count, which starts at 1; to be asked once for each count, in order
   */
  static IntPredicate of(String fault, FaultArguments arguments) {
    List<String> kinds =
        Stream.of("nth", "every", "probability", "from", "to").filter(arguments::has).toList();
    boolean isRange = List.of("from", "to").containsAll(kinds);
    if (kinds.size() > 1 && !isRange) {
      throw new SalesforceSimulatorException(
          "The fault " + fault + ": " + String.join(" and ", kinds) + " cannot stand together");
    }
    if (arguments.has("seed") && !arguments.has("probability")) {
      throw new SalesforceSimulatorException(
          "The fault " + fault + ": seed needs a probability beside it");
    }
    if (arguments.has("nth")) {
      int nth = arguments.integer("nth", 1, Integer.MAX_VALUE);
      return n -> n == nth;
    } else if (arguments.has("every")) {
      int every = arguments.integer("every", 1, Integer.MAX_VALUE);
      return n -> n % every == 0;
    } else if (arguments.has("probability")) {
      double share = arguments.share("probability");
      Random random = new Random(arguments.seed("seed"));
      return n -> random.nextDouble() < share;
    }
    int from = arguments.has("from") ? arguments.integer("from", 1, Integer.MAX_VALUE) : 1;
    int to =
        arguments.has("to") ? arguments.integer("to", from, Integer.MAX_VALUE) : Integer.MAX_VALUE;
    return n -> n >= from && n <= to;
  }
}
