package edu.cumc.aou.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.sync.check.Finding;
import edu.cumc.aou.sync.config.ConfigSection;
import java.util.List;

/**
 * The findings of a check-up for programs, in the one schema that the command line and AWS Lambda
 * share. Holds values of the source only if the findings do.
 */
public final class CheckDocument {

  private CheckDocument() {}

  /** One object per finding, in their order. */
  public static ArrayNode of(List<Finding> findings) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Finding finding : findings) {
      ObjectNode node =
          array
              .addObject()
              .put("level", ConfigSection.word(finding.level()))
              .put("code", finding.code() == null ? "" : finding.code().word())
              .put("subject", finding.subject())
              .put("message", finding.message())
              .put("advice", finding.advice());
      if (!finding.values().isEmpty()) {
        finding.values().forEach(node.putArray("values")::add);
      }
    }
    return array;
  }
}
