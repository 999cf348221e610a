package edu.cumc.aou.salesforce.internal.bulk;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The outline of a query: enough of SOQL to count what it finds and to say whether a job can run
 * it.
 *
 * @param object the API name after FROM, as it is written
 * @param plain whether it selects only fields of the object and its parents, ungrouped
 * @param counting the query that counts the records; holds values
 */
public record SoqlText(String object, boolean plain, String counting) {

  /** Replaces hidden parts of a query while its outline is read. */
  private static final char HIDDEN = '\u0000';

  private static final Pattern OUTLINE =
      Pattern.compile(
          "\\s*SELECT\\s+(?<fields>.+?)\\s+FROM\\s+(?<object>[A-Za-z][A-Za-z0-9_]*)(?<rest>.*)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern FIELDS =
      Pattern.compile(
          "[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*"
              + "(\\s*,\\s*[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*)*");

  private static final Pattern PLAIN_REST =
      Pattern.compile(
          "\\s*|\\s+(WHERE|ORDER\\s+BY|LIMIT)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern BEYOND =
      Pattern.compile(
          "\\b(GROUP\\s+BY|HAVING|OFFSET|TYPEOF|WITH|FOR\\s+(VIEW|REFERENCE|UPDATE)|ALL\\s+ROWS)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ORDER =
      Pattern.compile(
          "\\bORDER\\s+BY\\b.*?(?=\\bLIMIT\\b|$)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Reads a query; empty if it does not look like one. */
  public static Optional<SoqlText> read(String soql) {
    String outline = outline(soql);
    Matcher matcher = OUTLINE.matcher(outline);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String rest = matcher.group("rest");
    boolean plain =
        FIELDS.matcher(matcher.group("fields")).matches()
            && PLAIN_REST.matcher(rest).matches()
            && !BEYOND.matcher(rest).find();
    StringBuilder counting = new StringBuilder("SELECT COUNT()");
    counting.append(" FROM ").append(matcher.group("object"));
    int from = matcher.start("rest");
    Matcher order = ORDER.matcher(outline);
    if (order.find(from)) {
      counting.append(soql, from, order.start()).append(soql.substring(order.end()));
    } else {
      counting.append(soql.substring(from));
    }
    return Optional.of(
        new SoqlText(matcher.group("object"), plain, counting.toString().stripTrailing()));
  }

  /** The query with texts and everything in brackets hidden, in the same places. */
  private static String outline(String soql) {
    StringBuilder outline = new StringBuilder(soql);
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < soql.length(); i++) {
      char c = soql.charAt(i);
      boolean hide = quoted || depth > 0;
      if (quoted) {
        if (c == '\\' && i + 1 < soql.length()) {
          outline.setCharAt(i, HIDDEN);
          i++;
        } else if (c == '\'') {
          quoted = false;
        }
      } else if (c == '\'') {
        quoted = true;
        hide = true;
      } else if (c == '(') {
        depth++;
        hide = true;
      } else if (c == ')') {
        depth = Math.max(0, depth - 1);
      }
      if (hide) {
        outline.setCharAt(i, HIDDEN);
      }
    }
    return outline.toString();
  }

  @Override
  public String toString() {
    return "SoqlText[" + object + "]";
  }
}
