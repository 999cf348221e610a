package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.RawRequest;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An org's descriptions of its objects, for uses that need more of them than a run. */
public final class OrgDescriptions {

  private OrgDescriptions() {}

  /**
   * Asks for each object.
   *
   * @return describe's answers as JSON, by the requested names
   * @throws SyncException if the org does not answer, or does not show one of them to this user
   */
  public static Map<String, String> asSent(Salesforce salesforce, List<String> objects) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String object : objects) {
      all.put(object, asSent(salesforce, object));
    }
    return all;
  }

  /** Adds the object's name, because the client's failure does not tell it. */
  private static String asSent(Salesforce salesforce, String object) {
    try {
      return CrmFaults.call(
          () ->
              salesforce
                  .send(RawRequest.get("sobjects/" + Soql.name(object) + "/describe"))
                  .text());
    } catch (SyncException e) {
      throw e.kind() == FailureKind.CONFIG
          ? new SyncException(e.kind(), "The object " + object + ": " + e.getMessage(), e)
          : e;
    }
  }
}
