package edu.cumc.aou.cli.lab;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.TextTable;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.fault.Faults;
import edu.cumc.aou.simulator.salesforce.fault.NamedFault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the simulator reports at its end, and the faults that it knows. */
final class SimulatorText {

  private SimulatorText() {}

  /** The requests by kind and the faults that struck. */
  static List<String> summary(SalesforceSimulator org) {
    List<String> lines = new ArrayList<>();
    lines.add("The simulated org answered " + org.apiCalls() + " API calls; all requests by kind:");
    TextTable kinds = new TextTable();
    org.requestCounts().forEach((kind, count) -> kinds.row(count, kind));
    lines.addAll(kinds.isEmpty() ? List.of("  none") : kinds.lines("  "));
    List<Faults.Tally> tallies = org.faults().tallies();
    if (!tallies.isEmpty()) {
      lines.add("Requests that met a fault, of those that its rule names:");
      TextTable faults = new TextTable();
      tallies.forEach(tally -> faults.row(tally.struck(), "of " + tally.matched(), tally.rule()));
      lines.addAll(faults.lines("  "));
    }
    return lines;
  }

  /** The faults as a document. */
  static ObjectNode faults(List<NamedFault> all) {
    ObjectNode document = JsonText.object();
    ArrayNode array = document.putArray("faults");
    for (NamedFault fault : all) {
      ObjectNode one = array.addObject().put("fault", fault.name());
      one.put("does", fault.description()).put("meetsRequests", fault.meetsRequests());
      ObjectNode settings = one.putObject("settings");
      fault.settings().forEach(settings::put);
    }
    return document;
  }

  /** The faults as a table. */
  static List<String> faultLines(List<NamedFault> all) {
    TextTable table = new TextTable().row("FAULT", "SETTINGS", "WHAT IT DOES");
    for (NamedFault fault : all) {
      table.row(fault.name(), settings(fault), fault.description());
    }
    List<String> lines = new ArrayList<>(table.lines(""));
    lines.add("");
    lines.add("Those of requests take: on METHOD PATH, and one of nth=N, every=N, from=N to=N,");
    lines.add("probability=SHARE seed=N. Without them, every request meets the fault.");
    return lines;
  }

  private static String settings(NamedFault fault) {
    return fault.settings().entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue())
        .collect(Collectors.joining(" "));
  }
}
