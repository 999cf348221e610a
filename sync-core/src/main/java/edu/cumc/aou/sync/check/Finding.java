package edu.cumc.aou.sync.check;

/**
 * One thing that was looked at.
 *
 * @param subject what it is about: a setting, a table, a field
 * @param message what was found; no personal data
 * @param advice what to do; empty text for OK
 */
public record Finding(Level level, String subject, String message, String advice) {

  /** How bad it is. */
  public enum Level {
    OK,
    /** A run is possible. */
    WARNING,
    /** A run would stop, or do harm. */
    ERROR
  }

  static Finding ok(String subject, String message) {
    return new Finding(Level.OK, subject, message, "");
  }

  static Finding warning(String subject, String message, String advice) {
    return new Finding(Level.WARNING, subject, message, advice);
  }

  static Finding error(String subject, String message, String advice) {
    return new Finding(Level.ERROR, subject, message, advice);
  }
}
