package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what drivers throw into what a caller can act on. The drivers' texts are dropped: they
 * quote keys and values.
 */
public final class Failures {

  private static final Set<Integer> LOGIN = Set.of(18456, 18452, 4060, 18470, 28000);
  private static final Set<Integer> MISSING_RELATION =
      Set.of(208, 33557097, 42102, 42103, 42104, 90079, 90013);
  private static final Set<Integer> MISSING_COLUMN = Set.of(207, 42122);
  private static final Set<Integer> CONFLICT = Set.of(1205, 3960, 1222, 40001, 50200, 90131);
  private static final Set<Integer> DENIED = Set.of(229, 230, 262, 90096);
  private static final Set<Integer> DUPLICATE = Set.of(2627, 2601, 23505);
  private static final Set<Integer> OVERLOADED = Set.of(1105, 9002, 701, 6005, 90100);

  private Failures() {}

  /** Looks for the SQLException in a chain of causes. */
  public static DatabaseException of(String operation, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseException known) {
        return known;
      }
      if (cause instanceof SQLException sql) {
        return ofSql(operation, sql);
      }
    }
    return new DatabaseException(Kind.OTHER, operation, "", 0);
  }

  private static DatabaseException ofSql(String operation, SQLException sql) {
    String state = sql.getSQLState() == null ? "" : sql.getSQLState();
    return new DatabaseException(
        kind(state, sql.getErrorCode(), sql.getMessage()), operation, state, sql.getErrorCode());
  }

  private static Kind kind(String state, int code, @Nullable String message) {
    if (LOGIN.contains(code) || state.equals("28000")) {
      return Kind.LOGIN_REFUSED;
    }
    if (code == 90020) {
      return Kind.IN_USE;
    }
    if (MISSING_RELATION.contains(code)) {
      return Kind.MISSING_RELATION;
    }
    if (MISSING_COLUMN.contains(code)) {
      return Kind.MISSING_COLUMN;
    }
    if (CONFLICT.contains(code) || state.equals("40001")) {
      return Kind.CONFLICT;
    }
    if (DENIED.contains(code)) {
      return Kind.DENIED;
    }
    if (DUPLICATE.contains(code)) {
      return Kind.DUPLICATE;
    }
    if (OVERLOADED.contains(code)) {
      return Kind.OVERLOADED;
    }
    if (code == 57014 || state.equals("HYT00") || state.equals("57014")) {
      return Kind.TIMEOUT;
    }
    // the driver tells a certificate that is not trusted only by its text
    String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
    if (text.contains("pkix") || text.contains("ssl")) {
      return Kind.UNTRUSTED;
    }
    if (state.equals("08001") && text.contains("no suitable driver")) {
      return Kind.BAD_URL;
    }
    boolean gone = state.startsWith("08") || code == 90067 || code == 90121 || code == 90098;
    return gone ? Kind.UNREACHABLE : Kind.OTHER;
  }
}
