package edu.cumc.aou.db.testing;

import java.util.ArrayList;
import java.util.List;

/** A text of T-SQL in its smallest parts. */
final class TSqlTokens {

  enum Kind {
    WORD,
    QUOTED,
    NUMBER,
    STRING,
    VARIABLE,
    SYMBOL,
    END
  }

  /** One of them; {@code text} without quotes. */
  record Token(Kind kind, String text) {
    boolean is(String word) {
      return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
    }
  }

  private static final String TWO_LETTERS = "<> <= >= != += -=";
  private static final String ONE_LETTER = "(),.;=<>+-*/%&|^~";

  private final String sql;
  private int at;

  private TSqlTokens(String sql) {
    this.sql = sql;
  }

  static List<Token> of(String sql) {
    TSqlTokens tokens = new TSqlTokens(sql);
    List<Token> all = new ArrayList<>();
    Token token;
    do {
      token = tokens.next();
      all.add(token);
    } while (token.kind() != Kind.END);
    return all;
  }

  private char peek(int ahead) {
    return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
  }

  private Token next() {
    skip();
    if (at >= sql.length()) {
      return new Token(Kind.END, "");
    }
    char c = peek(0);
    if (c == '\'' || ((c == 'N' || c == 'n') && peek(1) == '\'')) {
      boolean unicode = c != '\'';
      at += unicode ? 1 : 0;
      String text = quoted('\'');
      // a literal without N is in the code page of the database
      return new Token(Kind.STRING, unicode ? text : inCodePage(text));
    }
    if (c == '[') {
      return new Token(Kind.QUOTED, quoted(']'));
    }
    if (c == '"') {
      return new Token(Kind.QUOTED, quoted('"'));
    }
    int from = at;
    if (Character.isDigit(c) || (c == '.' && Character.isDigit(peek(1)))) {
      while (Character.isLetterOrDigit(peek(0)) || peek(0) == '.') {
        at++;
      }
      String number = sql.substring(from, at);
      if (!number.matches("[0-9]*\\.?[0-9]*([eE][0-9]+)?")) {
        throw new TSqlRefusal(TSqlRefusal.SYNTAX, "Incorrect syntax near '" + number + "'.");
      }
      return new Token(Kind.NUMBER, number);
    }
    if (Character.isLetter(c) || c == '_' || c == '@' || c == '#') {
      while (Character.isLetterOrDigit(peek(0)) || "_@#$".indexOf(peek(0)) >= 0) {
        at++;
      }
      return new Token(c == '@' ? Kind.VARIABLE : Kind.WORD, sql.substring(from, at));
    }
    return symbol(c);
  }

  private Token symbol(char c) {
    String two = sql.substring(at, Math.min(sql.length(), at + 2));
    boolean known = two.length() == 2 && !two.contains(" ") && TWO_LETTERS.contains(two);
    if (two.equals("||") || (!known && ONE_LETTER.indexOf(c) < 0)) {
      throw new TSqlRefusal(TSqlRefusal.SYNTAX, "Incorrect syntax near '" + c + "'.");
    }
    String text = known ? two : String.valueOf(c);
    at += text.length();
    return new Token(Kind.SYMBOL, text);
  }

  private static String inCodePage(String text) {
    return new String(text.getBytes(TdsTimes.CODE_PAGE), TdsTimes.CODE_PAGE);
  }

  private String quoted(char end) {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < sql.length()) {
      if (peek(0) != end) {
        text.append(peek(0));
      } else if (peek(1) == end) {
        text.append(end);
        at++;
      } else {
        at++;
        return text.toString();
      }
      at++;
    }
    throw new TSqlRefusal(105, "Unclosed quotation mark.");
  }

  private void skip() {
    while (at < sql.length()) {
      if (Character.isWhitespace(peek(0))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end;
      } else if (sql.startsWith("/*", at)) {
        skipBlock();
      } else {
        return;
      }
    }
  }

  /** Such comments may stand in each other. */
  private void skipBlock() {
    int depth = 0;
    do {
      depth += sql.startsWith("/*", at) ? 1 : sql.startsWith("*/", at) ? -1 : 0;
      at += sql.startsWith("/*", at) || sql.startsWith("*/", at) ? 2 : 1;
    } while (depth > 0 && at < sql.length());
  }
}
