package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.http.Versions;
import edu.cumc.aou.simulator.salesforce.org.Org;
import java.util.List;

/** {@code /services/data}: the versions, and the resources of a version. */
public final class VersionsResource implements Resource {
  private static final List<String> PARTS =
      List.of("sobjects", "query", "queryAll", "limits", "composite");
  private static final int FIRST_YEAR = 2014;

  private final Org org;

  public VersionsResource(Org org) {
    this.org = org;
  }

  @Override
  public void register(Router router) {
    router.open("GET", "/services/data", call -> versions());
    router.data("GET", "", this::parts);
  }

  private static Answer versions() {
    ArrayNode versions = JsonNodeFactory.instance.arrayNode();
    for (int version = Versions.OLDEST; version <= Versions.NEWEST; version++) {
      versions
          .addObject()
          .put("label", label(version))
          .put("url", "/services/data/v" + version + ".0")
          .put("version", version + ".0");
    }
    return Answer.ok(versions);
  }

  /** There are three releases a year; 31.0 was Summer '14. */
  private static String label(int version) {
    int releases = version - Versions.OLDEST + 1;
    String season = List.of("Spring '", "Summer '", "Winter '").get(releases % 3);
    int year = FIRST_YEAR + releases / 3 + (releases % 3 == 2 ? 1 : 0);
    return season + year % 100;
  }

  private Answer parts(Call call) {
    ObjectNode parts = JsonNodeFactory.instance.objectNode();
    PARTS.forEach(part -> parts.put(part, call.dataPath() + "/" + part));
    parts.put("identity", call.caller().identityUrl(org.organizationId()));
    return Answer.ok(parts);
  }
}
