package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/**
 * Turns what drivers throw into what a caller can act on. The drivers' texts are dropped: they
 * quote keys and values.
 */
public final class Failures {

  /** The vendors' numbers; those from 23505 up with five digits that begin with 2 to 9 are H2's. */
  private static final Map<Integer, Kind> KINDS = new HashMap<>();

  static {
    // SQL Server: login failed in its variants, database not there or not allowed
    put(Kind.LOGIN_REFUSED, 18456, 18452, 18470, 18486, 18487, 18488, 4060, 28000, 40532);
    // 33557097 is what bulk copy and some drivers say for a table that is not there
    put(Kind.MISSING_RELATION, 208, 33557097, 911, 42102, 42103, 42104, 90079, 90013, 90146);
    put(Kind.MISSING_COLUMN, 207, 42122);
    // deadlock, snapshot conflicts, lock timeout
    put(Kind.CONFLICT, 1205, 3960, 3961, 1222, 40001, 50200, 90131);
    // the server, or Azure SQL, is moving the database
    put(Kind.UNREACHABLE, 40197, 40501, 40613, 49918, 49919, 49920, 90067, 90121, 90098, 90108);
    put(Kind.DENIED, 229, 230, 262, 300, 297, 3906, 90096);
    put(Kind.DUPLICATE, 2627, 2601, 23505);
    put(Kind.OVERLOADED, 1105, 9002, 701, 802, 6005, 10928, 10929, 90100);
    put(Kind.IN_USE, 90020);
    put(Kind.TIMEOUT, 57014, 90051);
  }

  private Failures() {}

  private static void put(Kind kind, int... codes) {
    for (int code : codes) {
      KINDS.put(code, kind);
    }
  }

  /** Whether this came from a database, and not from the work that was done with it. */
  static boolean isFromDatabase(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseException
          || cause instanceof SQLException
          || cause instanceof JdbiException) {
        return true;
      }
    }
    return false;
  }

  /** Looks through a chain of causes for the one that says most. */
  public static DatabaseException of(String operation, Throwable thrown) {
    SQLException first = null;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseException known) {
        return known;
      }
      if (cause instanceof SQLException sql) {
        first = first == null ? sql : first;
        // a pool says no more than that there is no connection; why, its cause says
        Optional<Kind> kind = known(sql);
        if (kind.isPresent()) {
          return exception(kind.get(), operation, sql);
        }
      }
    }
    if (first == null) {
      return new DatabaseException(Kind.OTHER, operation, "", 0);
    }
    return exception(byState(first, thrown), operation, first);
  }

  private static DatabaseException exception(Kind kind, String operation, SQLException sql) {
    return new DatabaseException(kind, operation, state(sql), sql.getErrorCode());
  }

  private static String state(SQLException sql) {
    return sql.getSQLState() == null ? "" : sql.getSQLState();
  }

  private static Optional<Kind> known(SQLException sql) {
    Kind kind = KINDS.get(sql.getErrorCode());
    if (kind != null) {
      return Optional.of(kind);
    }
    return switch (state(sql)) {
      case "28000" -> Optional.of(Kind.LOGIN_REFUSED);
      case "40001" -> Optional.of(Kind.CONFLICT);
      case "HYT00", "HY008" -> Optional.of(Kind.TIMEOUT);
      default -> Optional.empty();
    };
  }

  /** SQL Server's driver gives no number for what happens between it and the server. */
  private static Kind byState(SQLException sql, Throwable thrown) {
    Optional<Kind> handshake = Handshakes.kind(thrown);
    if (handshake.isPresent()) {
      return handshake.get();
    }
    if (state(sql).equals("08001") && saysNoDriver(sql)) {
      return Kind.BAD_URL;
    }
    return state(sql).startsWith("08") ? Kind.UNREACHABLE : Kind.OTHER;
  }

  /** {@code DriverManager} has a state for it, but shares it with others. */
  private static boolean saysNoDriver(SQLException sql) {
    return sql.getMessage() != null
        && sql.getMessage().toLowerCase(Locale.ROOT).contains("no suitable driver");
  }
}
