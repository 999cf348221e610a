package edu.cumc.aou.simulator.salesforce.http;

import java.util.Locale;
import java.util.regex.Pattern;

/** Says what a Salesforce org has and the simulator lacks, instead of misleading. */
public final class NotServed {
  /** Where people can read more. */
  public static final String PAGE = "see docs/simulator.md, What it does not serve";

  private static final String TEXT =
      "The Salesforce simulator does not serve this resource; " + PAGE;

  /** Paths that would otherwise look like the name or the key of a record. */
  private static final Pattern LIKE_RECORDS =
      Pattern.compile(
          "/services/data/v[0-9.]+/sobjects/(relevantItems"
              + "|[^/]+/(listviews|quickActions|defaultValues"
              + "|describe/(layouts|compactLayouts|approvalLayouts|namedLayouts))(/.*)?)",
          Pattern.CASE_INSENSITIVE);

  private NotServed() {}

  static boolean matches(String path) {
    return LIKE_RECORDS.matcher(path).matches();
  }

  /** The refusal of a resource of the data API. */
  public static ApiException error() {
    return ApiException.of(404, "NOT_FOUND", TEXT);
  }

  /** The refusal in the words of the called API. */
  static Answer answer(Call call) {
    if (!call.path().toLowerCase(Locale.ROOT).startsWith("/services/async/")) {
      return Answer.error(error());
    }
    boolean json =
        (call.header("Content-Type").orElse("") + call.header("Accept").orElse(""))
            .contains("json");
    return json
        ? Answer.text(
            404,
            "application/json;charset=UTF-8",
            "{\"exceptionCode\":\"InvalidUrl\",\"exceptionMessage\":\"" + TEXT + "\"}")
        : Answer.text(
            404,
            "application/xml;charset=UTF-8",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<error xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\">"
                + "<exceptionCode>InvalidUrl</exceptionCode><exceptionMessage>"
                + TEXT
                + "</exceptionMessage></error>");
  }
}
