package edu.cumc.aou.sync.check;

import java.util.List;

/**
 * One thing that was looked at.
 *
 * @param subject what it is about: a setting, a table, a field
 * @param message what was found; no personal data
 * @param advice what to do; empty text for OK
 * @param values values of the source that it is about, if they were asked for; personal data
 */
public record Finding(
    Level level, String subject, String message, String advice, List<String> values) {

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
    return new Finding(Level.OK, subject, message, "", List.of());
  }

  static Finding warning(String subject, String message, String advice) {
    return new Finding(Level.WARNING, subject, message, advice, List.of());
  }

  static Finding error(String subject, String message, String advice) {
    return new Finding(Level.ERROR, subject, message, advice, List.of());
  }

  /**
   * A problem as {@link edu.cumc.aou.sync.config.ConfigProblems} lists it: the setting, what is
   * wrong, and behind the first semicolon what to do.
   */
  static Finding error(String problem) {
    int colon = problem.indexOf(": ");
    int semicolon = problem.indexOf("; ", colon);
    String message = problem.substring(colon + 2, semicolon < 0 ? problem.length() : semicolon);
    String advice = semicolon < 0 ? "correct the setting" : problem.substring(semicolon + 2);
    return error(problem.substring(0, colon), message, advice);
  }

  Finding withValues(List<String> shown) {
    return new Finding(level, subject, message, advice, shown);
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "Finding[" + level + " " + subject + ": " + message + "]";
  }
}
