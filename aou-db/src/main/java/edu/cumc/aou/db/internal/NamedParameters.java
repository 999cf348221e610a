package edu.cumc.aou.db.internal;

import java.util.Map;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * Finds the parameters of a statement: {@code :name} and {@code ?}, outside of texts, quoted names
 * and comments, and {@code <name>} for the lists that are bound to it. Jdbi's own lexers take
 * milliseconds for a statement in a process that has just started; see
 * docs/decisions/0037-who-reads-the-parameters.md. Thread-safe.
 */
final class NamedParameters implements SqlParser, TemplateEngine {

  @Override
  public String render(String template, StatementContext context) {
    String sql = template;
    for (Map.Entry<String, Object> list : context.getAttributes().entrySet()) {
      sql = sql.replace("<" + list.getKey() + ">", String.valueOf(list.getValue()));
    }
    return sql;
  }

  @Override
  public ParsedSql parse(String sql, StatementContext context) {
    ParsedSql.Builder parsed = ParsedSql.builder();
    int from = 0;
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end = endOfQuoted(sql, at, c);
      if (end > at) {
        at = end;
      } else if (c == '?') {
        parsed = parsed.append(sql.substring(from, at)).appendPositionalParameter();
        at++;
        from = at;
      } else if (c == ':' && isName(sql, at + 1) && !isColon(sql, at - 1)) {
        end = at + 1;
        while (isName(sql, end)) {
          end++;
        }
        parsed =
            parsed.append(sql.substring(from, at)).appendNamedParameter(sql.substring(at + 1, end));
        at = end;
        from = at;
      } else {
        at++;
      }
    }
    return parsed.append(sql.substring(from)).build();
  }

  @Override
  public String nameParameter(String rawName, StatementContext context) {
    return ":" + rawName;
  }

  /** Where a text, a quoted name or a comment that begins here ends; here if none begins. */
  private static int endOfQuoted(String sql, int at, char c) {
    return switch (c) {
      case '\'' -> after(sql, "'", at + 1);
      case '"' -> after(sql, "\"", at + 1);
      case '[' -> after(sql, "]", at + 1);
      case '-' -> sql.startsWith("--", at) ? after(sql, "\n", at) : at;
      case '/' -> sql.startsWith("/*", at) ? after(sql, "*/", at + 2) : at;
      default -> at;
    };
  }

  /** A doubled quote ends a text and begins the next, which comes to the same. */
  private static int after(String sql, String end, int from) {
    int found = sql.indexOf(end, from);
    return found < 0 ? sql.length() : found + end.length();
  }

  private static boolean isName(String sql, int at) {
    return at < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_');
  }

  private static boolean isColon(String sql, int at) {
    return at >= 0 && sql.charAt(at) == ':';
  }
}
