package edu.cumc.aou.simulator.salesforce.soap;

import static edu.cumc.aou.simulator.salesforce.soap.SoapResource.element;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.DailyLimit;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.Org;
import java.util.List;

/** {@code undelete()}: takes records out of the recycle bin, one by one. */
final class SoapRecycleBin {
  static final int MAX_RECORDS = 200;

  private final Org org;
  private final DailyLimit usage;

  SoapRecycleBin(Org org, DailyLimit usage) {
    this.org = org;
    this.usage = usage;
  }

  /** The results, one for each id, in their order. */
  String undelete(List<String> ids, String userId) {
    usage.count();
    return org.call(
        () -> {
          StringBuilder results = new StringBuilder();
          ids.forEach(id -> results.append(undelete(id, userId)));
          return results.toString();
        });
  }

  private String undelete(String id, String userId) {
    int mark = org.database().mark();
    try {
      String canonical =
          Ids.canonical(id)
              .orElseThrow(
                  () -> ApiException.ofRecord(400, "MALFORMED_ID", "malformed id " + id, "Id"));
      org.writer()
          .undelete(
              org.schema().typeOfId(canonical).orElseThrow(ApiException::notFound),
              canonical,
              userId);
      return "<result>" + element("id", canonical) + element("success", "true") + "</result>";
    } catch (ApiException e) {
      org.database().rollback(mark);
      StringBuilder fields = new StringBuilder();
      e.fields().ifPresent(names -> names.forEach(name -> fields.append(element("fields", name))));
      return "<result><errors>"
          + fields
          + element("message", e.text())
          + element("statusCode", e.code())
          + "</errors>"
          + element("id", id)
          + element("success", "false")
          + "</result>";
    }
  }
}
