package edu.cumc.aou.simulator.source;

import java.sql.SQLException;

/**
 * The participant source could not be written, read or damaged as asked. Nothing of the failed step
 * was kept.
 */
public final class SourceSimulatorException extends RuntimeException {
  private static final int H2_OPEN_ELSEWHERE = 90020;

  SourceSimulatorException(String message) {
    super(message);
  }

  /**
   * Drops the driver's own text: it can quote the values of a row, and the URL may lead to the
   * wrong database.
   */
  static SourceSimulatorException of(String doing, SQLException e) {
    String advice =
        e.getErrorCode() == H2_OPEN_ELSEWHERE
            ? "another process has this H2 database open; stop it, or use H2 over TCP"
            : "check the JDBC URL, the user, the password, and the user's right to create tables in"
                + " schema dbo";
    return new SourceSimulatorException(
        "The participant source failed: "
            + doing
            + " (SQLState "
            + e.getSQLState()
            + ", vendor code "
            + e.getErrorCode()
            + "); "
            + advice);
  }
}
