package edu.cumc.aou.simulator.salesforce.soql;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query into tokens. */
public final class SoqlLexer {
  private static final Pattern NUMBER_OR_DATE =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:?\\d{2}))?"
              + "|[+-]?\\d+(\\.\\d+)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_]\\w*)*");
  private static final Pattern SYMBOL = Pattern.compile("!=|<>|<=|>=|[=<>(),:]");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  public enum Kind {
    NAME,
    STRING,
    NUMBER_OR_DATE,
    SYMBOL,
    END
  }

  /** A token; the text of a string is without its quotes and escapes. */
  public record Token(Kind kind, String text, int position) {
    public boolean is(String keyword) {
      return (kind == Kind.NAME || kind == Kind.SYMBOL) && text.equalsIgnoreCase(keyword);
    }
  }

  private SoqlLexer(String text) {
    this.text = text;
  }

  /**
   * The tokens of the query; the last is {@code END}.
   *
   * @throws ApiException {@code MALFORMED_QUERY}
   */
  public static List<Token> tokens(String text) {
    return new SoqlLexer(text).run();
  }

  private List<Token> run() {
    while (true) {
      Matcher space = at(SPACE);
      if (space.lookingAt()) {
        position = space.end();
      }
      if (position == text.length()) {
        tokens.add(new Token(Kind.END, "<EOF>", position));
        return tokens;
      }
      if (text.charAt(position) == '\'') {
        string();
      } else if (!take(Kind.NUMBER_OR_DATE, NUMBER_OR_DATE)
          && !take(Kind.NAME, NAME)
          && !take(Kind.SYMBOL, SYMBOL)) {
        throw malformed("unexpected token: " + text.charAt(position));
      }
    }
  }

  private Matcher at(Pattern pattern) {
    return pattern.matcher(text).region(position, text.length());
  }

  private boolean take(Kind kind, Pattern pattern) {
    Matcher matcher = at(pattern);
    if (!matcher.lookingAt()) {
      return false;
    }
    tokens.add(new Token(kind, matcher.group(), position));
    position = matcher.end();
    return true;
  }

  private void string() {
    int start = position;
    StringBuilder value = new StringBuilder();
    position++;
    while (position < text.length() && text.charAt(position) != '\'') {
      char c = text.charAt(position++);
      if (c == '\\') {
        if (position == text.length()) {
          break;
        }
        value.append(escaped(text.charAt(position++)));
      } else {
        value.append(c);
      }
    }
    if (position >= text.length()) {
      throw malformed("line 1:" + start + " mismatched character '<EOF>' expecting '''");
    }
    position++;
    tokens.add(new Token(Kind.STRING, value.toString(), start));
  }

  private static String escaped(char c) {
    return switch (c) {
      case 'n', 'N' -> "\n";
      case 'r', 'R' -> "\r";
      case 't', 'T' -> "\t";
      case 'b', 'B' -> "\b";
      case 'f', 'F' -> "\f";
      case '\\', '\'', '"' -> String.valueOf(c);
      // Only LIKE gives these a meaning, and it must see that they were escaped.
      case '%', '_' -> "\\" + c;
      default ->
          throw malformed("Invalid string literal. Illegal character sequence '\\" + c + "'");
    };
  }

  public static ApiException malformed(String message) {
    return ApiException.of(400, "MALFORMED_QUERY", message);
  }
}
