package edu.cumc.aou.simulator.salesforce.http;

import java.util.regex.Pattern;

/** What a Salesforce org has and the simulator does not: it says so, instead of misleading. */
final class NotServed {
  private static final Pattern PATHS =
      Pattern.compile(
          "/services/(async|apexrest|Soap/[ms])(/.*)?"
              + "|/services/data/v[0-9.]+/(search|parameterizedSearch|tooling|chatter|connect|wave"
              + "|analytics|ui-api|actions|process|quickActions|recent|tabs|theme|metadata|consent"
              + "|licensing|support|knowledgeManagement|compactLayouts|appMenu|nouns|event|folders"
              + "|localizedvalue|composite/graph|eventBus|async-queries|scheduling|search)(/.*)?"
              + "|/services/data/v[0-9.]+/sobjects/[^/]+/(listviews|quickActions|defaultValues"
              + "|describe/(layouts|compactLayouts|approvalLayouts|namedLayouts))(/.*)?",
          Pattern.CASE_INSENSITIVE);

  private NotServed() {}

  static boolean matches(String path) {
    return PATHS.matcher(path).matches();
  }

  static ApiException error() {
    return ApiException.of(
        404,
        "NOT_FOUND",
        "The Salesforce simulator does not serve this resource; see docs/simulator.md, What it does"
            + " not serve");
  }
}
