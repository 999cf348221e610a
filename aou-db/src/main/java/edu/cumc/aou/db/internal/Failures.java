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

  private static final Map<Integer, Kind> KINDS = new HashMap<>();

  static {
    // login failed in its variants, database not there or not allowed
    putSqlServer(Kind.LOGIN_REFUSED, 18456, 18452, 18470, 18486, 18487, 18488, 4060, 40532);
    putSqlServer(Kind.MISSING_RELATION, 208, 911);
    putSqlServer(Kind.MISSING_COLUMN, 207);
    // deadlock, snapshot conflicts, lock timeout
    putSqlServer(Kind.CONFLICT, 1205, 3960, 3961, 1222);
    // the server, or Azure SQL, is moving the database
    putSqlServer(Kind.UNREACHABLE, 40197, 40501, 40613, 49918, 49919, 49920);
    putSqlServer(Kind.DENIED, 229, 230, 262, 300, 297, 3906);
    putSqlServer(Kind.DUPLICATE, 2627, 2601);
    putSqlServer(Kind.OVERLOADED, 1105, 9002, 701, 802, 6005, 10928, 10929);

    putH2(Kind.LOGIN_REFUSED, 28000);
    putH2(Kind.MISSING_RELATION, 42102, 42103, 42104, 90079, 90013, 90146);
    putH2(Kind.MISSING_COLUMN, 42122);
    putH2(Kind.CONFLICT, 40001, 50200, 90131);
    putH2(Kind.UNREACHABLE, 90028, 90067, 90121, 90098, 90108);
    putH2(Kind.DENIED, 90096);
    putH2(Kind.DUPLICATE, 23505);
    putH2(Kind.OVERLOADED, 90100);
    putH2(Kind.IN_USE, 90020);
    putH2(Kind.TIMEOUT, 57014, 90051);
  }

  private Failures() {}

  private static void putSqlServer(Kind kind, int... codes) {
    put(kind, codes);
  }

  private static void putH2(Kind kind, int... codes) {
    put(kind, codes);
  }

  /** One map serves both: no number of the one means anything to the other. */
  private static void put(Kind kind, int[] codes) {
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
    if (CompatibleServer.isUnmapped(sql)) {
      return CompatibleServer.kind(sql);
    }
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
