package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.runtime.ReportDocument;
import edu.cumc.aou.runtime.notify.Delivery;
import java.util.ArrayList;
import java.util.List;

/** Reports which people were notified of a run's end, and which were not. */
public final class Deliveries {

  private Deliveries() {}

  /** As lines below a report; none if the settings name nobody. */
  public static List<String> lines(List<Delivery> deliveries) {
    if (deliveries.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of("", "Told"));
    deliveries.forEach(d -> lines.add("  " + d.line()));
    return lines;
  }

  /** Adds them to a document, and returns it. */
  public static ObjectNode addTo(ObjectNode document, List<Delivery> deliveries) {
    ReportDocument.addTold(deliveries, document);
    return document;
  }
}
