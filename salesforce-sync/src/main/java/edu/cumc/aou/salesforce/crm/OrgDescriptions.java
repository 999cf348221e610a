package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.RawRequest;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an org says of its objects, for those who want more of it than a run does. */
public final class OrgDescriptions {

  private OrgDescriptions() {}

  /**
   * Asks for each object.
   *
   * @return what describe answers, as JSON, by the name that was asked for
   * @throws SyncException if the org cannot be asked, or does not show one of them to this user
   */
  public static Map<String, String> asSent(Salesforce salesforce, List<String> objects) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String object : objects) {
      all.put(object, asSent(salesforce, object));
    }
    return all;
  }

  /** Which object it was is nothing that the client says of a failure. */
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
