package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.config.ConfigProblems.Problem;
import edu.cumc.aou.sync.model.FindingCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one look.
 *
 * @param code what is wrong; null for OK
 * @param subject a setting, a table, a field
 * @param message what was found; no personal data
 * @param advice what to do; empty text for OK
 * @param values the values of the source that it is about, if requested; personal data
 */
public record Finding(
    Level level,
    @Nullable FindingCode code,
    String subject,
    String message,
    String advice,
    List<String> values) {

  public Finding {
    values = List.copyOf(values);
  }

  /** How bad it is. */
  public enum Level {
    OK,
    /** A run is possible. */
    WARNING,
    /** A run would stop, or do harm. */
    ERROR
  }

  static Finding ok(String subject, String message) {
    return new Finding(Level.OK, null, subject, message, "", List.of());
  }

  static Finding warning(FindingCode code, String subject, String message, String advice) {
    return new Finding(Level.WARNING, code, subject, message, advice, List.of());
  }

  static Finding error(FindingCode code, String subject, String message, String advice) {
    return new Finding(Level.ERROR, code, subject, message, advice, List.of());
  }

  /** A problem; its text says after the first semicolon what to do. */
  static Finding error(Problem problem) {
    String text = problem.text();
    int semicolon = text.indexOf("; ");
    String message = semicolon < 0 ? text : text.substring(0, semicolon);
    String advice = semicolon < 0 ? "correct the setting" : text.substring(semicolon + 2);
    return error(problem.code(), problem.setting(), message, advice);
  }

  Finding withValues(List<String> shown) {
    return new Finding(level, code, subject, message, advice, shown);
  }

  @Override
  public String toString() {
    return "Finding["
        + level
        + " "
        + (code == null ? "" : code.word() + " ")
        + subject
        + ": "
        + message
        + "]";
  }
}
