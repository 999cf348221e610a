package edu.cumc.aou.simulator.salesforce.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API versions of the org. */
public final class Versions {
  public static final int OLDEST = 31;
  public static final int NEWEST = 66;

  /** The last version with login() in its SOAP API. */
  public static final int LAST_SOAP_LOGIN = 64;

  private static final int FIRST_EVER = 7;
  private static final Pattern IN_DATA_PATH = Pattern.compile("v?(\\d{1,3})\\.0");

  private Versions() {}

  /** The number of a version as it stands in a path, {@code v62.0} or {@code 62.0}. */
  public static Optional<Integer> parse(String text) {
    Matcher matcher = IN_DATA_PATH.matcher(text);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  /**
   * Checks the version of a call to the data API.
   *
   * @throws ApiException if the version does not exist, or no longer does
   */
  public static void check(String text) {
    int version = parse(text).filter(v -> text.startsWith("v")).orElse(0);
    if (version >= FIRST_EVER && version < OLDEST) {
      throw ApiException.of(410, "GONE", "The requested resource is no longer available");
    }
    if (version < OLDEST || version > NEWEST) {
      throw ApiException.notFound();
    }
  }
}
