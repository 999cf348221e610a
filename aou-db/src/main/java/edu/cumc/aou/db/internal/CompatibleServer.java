package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.DatabaseException.Kind;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the errors of a server that speaks SQL Server's protocol without being one (Babelfish for
 * PostgreSQL). It uses one number for every error that has no number of SQL Server's, such as a
 * missing table. Only the text tells these apart, so it is examined here and never passed on.
 */
final class CompatibleServer {

  private static final int UNMAPPED = 33557097;

  private static final Map<Pattern, Kind> TEXTS = new LinkedHashMap<>();

  static {
    put(Kind.MISSING_COLUMN, "column .*does not exist|invalid column name");
    put(
        Kind.MISSING_RELATION,
        "(relation|table|view|schema|database|object) .*does not exist|invalid object name");
    put(Kind.DENIED, "permission denied");
    put(Kind.DUPLICATE, "duplicate key");
    put(Kind.CONFLICT, "deadlock|could not serialize|could not obtain lock|lock timeout");
    put(Kind.TIMEOUT, "canceling statement|cancelled on user|statement timeout");
    put(Kind.OVERLOADED, "too many (clients|connections)|out of (memory|shared memory)|disk full");
    put(Kind.UNREACHABLE, "terminating connection|shutting down|starting up");
  }

  private CompatibleServer() {}

  private static void put(Kind kind, String texts) {
    TEXTS.put(Pattern.compile(texts, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), kind);
  }

  static boolean isUnmapped(SQLException sql) {
    return sql.getErrorCode() == UNMAPPED;
  }

  static Optional<Kind> kind(SQLException sql) {
    String text = sql.getMessage();
    return text == null
        ? Optional.empty()
        : TEXTS.entrySet().stream()
            .filter(entry -> entry.getKey().matcher(text).find())
            .map(Map.Entry::getValue)
            .findFirst();
  }
}
