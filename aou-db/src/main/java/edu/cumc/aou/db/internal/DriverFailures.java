package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/**
 * Turns driver exceptions into failures that a caller can react to. It drops the drivers' texts,
 * because they quote keys and values.
 */
public final class DriverFailures {

  private static final Map<Integer, Kind> KINDS = new HashMap<>();

  static {
    // Failed logins of all sorts, database missing or not allowed.
    putSqlServer(Kind.LOGIN_REFUSED, 18456, 18452, 18470, 18486, 18487, 18488, 4060, 40532);
    // the firewall of Azure SQL; single user, or administrators only
    putSqlServer(Kind.NOT_ADMITTED, 40615, 47073, 18451, 18461);
    putSqlServer(Kind.MISSING_RELATION, 208, 911);
    putSqlServer(Kind.MISSING_COLUMN, 207);
    // deadlock, snapshot conflicts, lock timeout
    putSqlServer(Kind.CONFLICT, 1205, 3960, 3961, 1222);
    // The session was ended from outside.
    putSqlServer(Kind.UNREACHABLE, 596);
    // recovered, offline, in use by one, damaged files, restored, in transition
    putSqlServer(Kind.NOT_IN_SERVICE, 921, 922, 924, 926, 927, 942, 945, 952);
    // A replica of an availability group that is not readable.
    putSqlServer(Kind.NOT_IN_SERVICE, 976, 978, 979, 981, 982, 983);
    // Azure SQL is moving the database, or is overloaded.
    putSqlServer(Kind.NOT_IN_SERVICE, 40197, 40501, 40613, 49918, 49919, 49920);
    putSqlServer(Kind.DENIED, 229, 230, 262, 297, 300, 916);
    putSqlServer(Kind.READ_ONLY, 3906, 3908);
    putSqlServer(Kind.DUPLICATE, 2627, 2601);
    // disk, log, temporary database, quota of Azure SQL
    putSqlServer(Kind.FULL, 1101, 1105, 9002, 40544);
    putSqlServer(Kind.OVERLOADED, 701, 802, 1204, 6005, 8645, 8651, 10928, 10929);
    // damaged pages
    putSqlServer(Kind.DAMAGED, 823, 824, 825);
    // Texts, dates and numbers that cannot be converted, or do not fit.
    putSqlServer(Kind.CONVERSION, 220, 232, 235, 241, 242, 244, 245, 248, 295, 517, 2628);
    putSqlServer(Kind.CONVERSION, 8114, 8115, 8134, 8152, 8169, 9420, 9436);
    // Collations, and views that no longer compile.
    putSqlServer(Kind.BROKEN_VIEW, 468, 4413, 4502, 4512);
    // linked servers
    putSqlServer(Kind.BROKEN_VIEW, 7202, 7303, 7312, 7314, 7321, 7356, 7391, 7399, 7416);

    putH2(Kind.LOGIN_REFUSED, 28000, 90049, 90050);
    putH2(Kind.MISSING_DATABASE, 90013, 90124, 90146);
    putH2(Kind.MISSING_RELATION, 42102, 42103, 42104, 90079);
    putH2(Kind.MISSING_COLUMN, 42122);
    putH2(Kind.CONFLICT, 40001, 50200, 90131);
    putH2(Kind.UNREACHABLE, 90067, 90121, 90098);
    putH2(Kind.DENIED, 90096);
    putH2(Kind.READ_ONLY, 90097);
    putH2(Kind.DUPLICATE, 23505);
    putH2(Kind.OVERLOADED, 90108);
    putH2(Kind.FULL, 90100);
    putH2(Kind.STORAGE, 90028, 90031);
    putH2(Kind.DAMAGED, 90030, 90048);
    putH2(Kind.IN_USE, 90020);
    putH2(Kind.TIMEOUT, 57014, 90051);
    putH2(Kind.CONVERSION, 22001, 22003, 22007, 22012, 22018);
    putH2(Kind.BROKEN_VIEW, 90109);
    // a relative path
    putH2(Kind.BAD_URL, 90011);
    putH2(Kind.BAD_PROPERTY, 90008, 90046, 90066, 90088, 90113);
  }

  /** While connecting: H2 does not offer a setting of the URL together with one of ours. */
  private static final int NOT_TOGETHER = 50100;

  private DriverFailures() {}

  private static void putSqlServer(Kind kind, int... codes) {
    put(kind, codes);
  }

  private static void putH2(Kind kind, int... codes) {
    put(kind, codes);
  }

  /** One map serves both, because no number means something in both. */
  private static void put(Kind kind, int[] codes) {
    for (int code : codes) {
      KINDS.put(code, kind);
    }
  }

  /** Whether a database threw this, and not the work itself. */
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

  /** Finds the most specific failure in a chain of causes. */
  public static DatabaseException of(String operation, Throwable thrown) {
    SQLException first = null;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseException known) {
        return known;
      }
      if (cause instanceof SQLException sql) {
        first = first == null ? sql : first;
        // A pool only says that there is no connection; the cause says why.
        Optional<Kind> kind = known(sql);
        if (kind.isPresent()) {
          return exception(ofAFile(kind.get(), thrown), operation, sql);
        }
      }
    }
    if (first == null) {
      return new DatabaseException(Kind.OTHER, operation, "", 0);
    }
    return exception(ofAFile(byState(first, thrown), thrown), operation, first);
  }

  /**
   * H2 has no number for a file that it cannot write, such as on a full disk: it names the failure
   * general, or says that the database is closed.
   */
  private static Kind ofAFile(Kind kind, Throwable thrown) {
    if (kind != Kind.REFUSED && kind != Kind.UNREACHABLE) {
      return kind;
    }
    boolean isOfH2 = false;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      isOfH2 |= cause.getClass().getName().startsWith("org.h2.mvstore.");
      if (isOfH2 && cause instanceof IOException && !(cause instanceof ClosedChannelException)) {
        return Kind.STORAGE;
      }
    }
    return kind;
  }

  /**
   * The same for failures before there is a connection, where the driver has refusals of its own.
   */
  static DatabaseException ofConnecting(String operation, Throwable thrown) {
    DatabaseException failure = of(operation, thrown);
    if (failure.vendorCode() == NOT_TOGETHER) {
      return new DatabaseException(Kind.BAD_PROPERTY, operation, failure.sqlState(), NOT_TOGETHER);
    }
    if (failure.kind() != Kind.REFUSED || failure.vendorCode() != 0) {
      return failure;
    }
    SQLException last = null;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      last = cause instanceof SQLException sql ? sql : last;
    }
    if (last == null || last instanceof SQLTransientException) {
      return new DatabaseException(Kind.UNREACHABLE, operation, failure.sqlState(), 0);
    }
    String text = String.valueOf(last.getMessage());
    return text.contains("badly formed name or value")
        ? new DatabaseException(Kind.BAD_URL, operation, "", 0)
        : new DatabaseException(
            Kind.BAD_PROPERTY, operation, "", 0, DriverProperties.namedIn(text));
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
    return byStandard(state(sql));
  }

  /** The states of the standard; their first two characters are a class. */
  private static Optional<Kind> byStandard(String state) {
    return switch (state) {
      case "23505" -> Optional.of(Kind.DUPLICATE);
      case "25006" -> Optional.of(Kind.READ_ONLY);
      case "HYT00", "HY008", "57014" -> Optional.of(Kind.TIMEOUT);
      default ->
          switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "22" -> Optional.of(Kind.CONVERSION);
            case "28" -> Optional.of(Kind.LOGIN_REFUSED);
            case "40" -> Optional.of(Kind.CONFLICT);
            case "53" -> Optional.of(Kind.OVERLOADED);
            default -> Optional.empty();
          };
    };
  }

  /** SQL Server's driver gives no number for failures on the way to the server. */
  private static Kind byState(SQLException sql, Throwable thrown) {
    Optional<Kind> handshake = Handshakes.kind(thrown);
    if (handshake.isPresent()) {
      return handshake.get();
    }
    if (state(sql).equals("08001") && saysNoDriver(sql)) {
      return Kind.BAD_URL;
    }
    return state(sql).startsWith("08") ? Kind.UNREACHABLE : Kind.REFUSED;
  }

  /** {@code DriverManager} has a state for this, but uses it for other failures too. */
  private static boolean saysNoDriver(SQLException sql) {
    return sql.getMessage() != null
        && sql.getMessage().toLowerCase(Locale.ROOT).contains("no suitable driver");
  }
}
