package edu.cumc.aou.db.internal;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The names of the properties that a JDBC URL sets, read as its driver reads them: a value that
 * looks like a property is none. Immutable.
 */
final class UrlProperties {

  /** Names that SQL Server's driver accepts for another one. */
  private static final Map<String, String> SYNONYMS =
      Map.of(
          "username", "user",
          "database", "databasename",
          "server", "servername",
          "port", "portnumber",
          "domainname", "domain");

  private final Set<String> names;

  private UrlProperties(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  static UrlProperties of(String url) {
    return new UrlProperties(
        url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:") ? ofH2(url) : ofSqlServer(url));
  }

  boolean say(String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Ignores blanks around names and values; a value may be in braces. */
  private static Set<String> ofSqlServer(String url) {
    Set<String> names = new HashSet<>();
    int at = url.indexOf(';');
    while (at >= 0 && at < url.length()) {
      int equals = url.indexOf('=', at);
      int next = url.indexOf(';', at + 1);
      if (equals < 0) {
        break;
      }
      if (next >= 0 && next < equals) {
        at = next;
        continue;
      }
      String name = url.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
      names.add(SYNONYMS.getOrDefault(name, name));
      at = endOfValue(url, equals + 1);
    }
    return names;
  }

  /** The position of the semicolon after a value, or the end. */
  private static int endOfValue(String url, int from) {
    int at = from;
    while (at < url.length() && Character.isWhitespace(url.charAt(at))) {
      at++;
    }
    if (at < url.length() && url.charAt(at) == '{') {
      at++;
      while (at < url.length()) {
        boolean closes = url.charAt(at) == '}';
        boolean doubled = closes && at + 1 < url.length() && url.charAt(at + 1) == '}';
        if (closes && !doubled) {
          break;
        }
        at += doubled ? 2 : 1;
      }
    }
    int end = url.indexOf(';', at);
    return end < 0 ? url.length() : end;
  }

  /** A backslash before a semicolon makes it part of the value. */
  private static Set<String> ofH2(String url) {
    Set<String> names = new HashSet<>();
    StringBuilder setting = new StringBuilder();
    boolean first = true;
    for (int i = 0; i <= url.length(); i++) {
      char c = i == url.length() ? ';' : url.charAt(i);
      if (c == '\\' && i + 1 < url.length()) {
        setting.append(url.charAt(++i));
      } else if (c == ';') {
        int equals = setting.indexOf("=");
        if (!first && equals > 0) {
          names.add(setting.substring(0, equals).toLowerCase(Locale.ROOT));
        }
        first = false;
        setting.setLength(0);
      } else {
        setting.append(c);
      }
    }
    return names;
  }
}
