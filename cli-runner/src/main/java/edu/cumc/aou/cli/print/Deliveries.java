package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.runtime.ReportDocument;
import edu.cumc.aou.runtime.notify.Delivery;
import java.util.ArrayList;
import java.util.List;

/** Who was told how a run ended, and who was not. */
public final class Deliveries {

  private Deliveries() {}

  /** As lines below a report; none if nobody was to be told. */
  public static List<String> lines(List<Delivery> deliveries) {
    if (deliveries.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of("", "Told"));
    deliveries.forEach(d -> lines.add("  " + d.line()));
    return lines;
  }

  /** Adds them to a document, and gives it back. */
  public static ObjectNode addTo(ObjectNode document, List<Delivery> deliveries) {
    ReportDocument.addTold(deliveries, document);
    return document;
  }
}
