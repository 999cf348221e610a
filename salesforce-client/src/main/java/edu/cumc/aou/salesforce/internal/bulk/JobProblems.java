package edu.cumc.aou.salesforce.internal.bulk;

import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.bulk.BulkProblem;
import edu.cumc.aou.salesforce.internal.repeat.Verdicts;
import edu.cumc.aou.salesforce.internal.wire.ErrorBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Bulk's messages about failed jobs and rows: {@code Code : text} and {@code CODE:text:F1,F2
 * --}.
 */
final class JobProblems {

  private static final Pattern CODE = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_]{0,79})\\s*:");
  private static final Pattern WORD = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_]{2,79})\\b");
  private static final Pattern COLUMN =
      Pattern.compile("(?i)(?:field name not found|unable to find relationship)\\s*:\\s*(.*)");
  private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,119}");

  private JobProblems() {}

  /** The meaning of a failed job's error message; null if there is none. */
  static @Nullable BulkProblem ofJob(@Nullable String errorMessage) {
    if (errorMessage == null || errorMessage.isBlank()) {
      return null;
    }
    Matcher code = CODE.matcher(errorMessage);
    Matcher word = WORD.matcher(errorMessage);
    String name = code.lookingAt() ? code.group(1) : word.lookingAt() ? word.group(1) : "";
    Matcher column = COLUMN.matcher(errorMessage);
    List<String> fields = new ArrayList<>();
    if (column.find() && FIELD.matcher(column.group(1).strip()).matches()) {
      fields.add(column.group(1).strip());
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "invalidbatch" ->
          problem(
              "InvalidBatch",
              fields,
              "Salesforce refused the columns or the form of the rows; compare the columns with"
                  + " describe and the user's field permissions");
      case "clientinputerror" ->
          problem(
              "ClientInputError",
              fields,
              "Salesforce refused the form of the rows, perhaps because something on the way"
                  + " changed their line ends");
      case "toomanylockfailure" ->
          passing(
              "TooManyLockFailure",
              "other writes held the records' parents too long; send the rows again, fewer at a"
                  + " time");
      case "timeout" ->
          passing(
              "Timeout",
              "the org's triggers and flows took too long; send the rows again, fewer at a time");
      case "exceededquota", "exceeded_quota" ->
          problem(
              "ExceededQuota",
              fields,
              "the org's Bulk allowance of the last 24 hours is used up; go on tomorrow");
      case "featurenotenabled" ->
          problem(
              "FeatureNotEnabled",
              fields,
              "the org or the user may not use the Bulk API or this operation; enable it");
      case "invalidsessionid" ->
          passing(
              "InvalidSessionId",
              "the session ended while the job waited for its turn; send the rows again");
      case "invaliduser" ->
          problem(
              "InvalidUser",
              fields,
              "the user may not do this any more; look at the integration user");
      case "unknown" ->
          passing("Unknown", "Salesforce failed inside; send the rows that are left again");
      case "" -> problem(ErrorBody.UNRECOGNISED, fields, "Salesforce gave no reason that is known");
      default ->
          problem(
              name, fields, "Salesforce broke the job off; its code tells Salesforce's support");
    };
  }

  private static BulkProblem problem(String code, List<String> fields, String advice) {
    return new BulkProblem(code, fields, advice, false);
  }

  private static BulkProblem passing(String code, String advice) {
    return new BulkProblem(code, List.of(), advice, true);
  }

  /** Why a row was refused. The text between code and fields quotes values and may hold colons. */
  static RecordError ofRow(String text) {
    Matcher matcher = CODE.matcher(text);
    Matcher word = WORD.matcher(text);
    String code =
        matcher.lookingAt()
            ? matcher.group(1)
            : word.lookingAt() && isKnown(word.group(1)) ? word.group(1) : ErrorBody.UNRECOGNISED;
    List<String> fields = new ArrayList<>();
    String trimmed = text.strip();
    int last = trimmed.lastIndexOf(':');
    if (trimmed.endsWith("--") && last >= 0) {
      for (String field : trimmed.substring(last + 1, trimmed.length() - 2).split(",", -1)) {
        if (FIELD.matcher(field.strip()).matches()) {
          fields.add(field.strip());
        }
      }
    }
    ErrorBody.ApiError error = new ErrorBody.ApiError(code, text, fields);
    return new RecordError(code, fields, Verdicts.passes(error));
  }

  private static boolean isKnown(String word) {
    // A text without a code may begin with a value.
    return word.equals("TooManyLockFailure") || word.equals("UNABLE_TO_LOCK_ROW");
  }
}
