package edu.cumc.aou.simulator.salesforce;

import edu.cumc.aou.simulator.salesforce.SoqlLexer.Kind;
import edu.cumc.aou.simulator.salesforce.SoqlLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the part of SOQL that the simulator speaks; everything else is a malformed query. */
final class SoqlParser {
  private static final int MAX_QUERY = 100_000;
  private static final int MAX_LITERAL = 4_000;
  private static final int MAX_DEPTH = 100;
  private static final Set<String> COMPARISONS = Set.of("=", "!=", "<>", "<", "<=", ">", ">=");
  private static final Set<String> RESERVED =
      Set.of("select", "from", "where", "and", "or", "not", "in", "like", "order", "by", "limit");

  private final String text;
  private final List<Token> tokens;
  private int next;
  private int depth;

  private SoqlParser(String text) {
    this.text = text;
    this.tokens = SoqlLexer.tokens(text);
  }

  /**
   * Parses the query.
   *
   * @throws ApiException {@code MALFORMED_QUERY}
   */
  static Soql parse(String text) {
    if (text.length() > MAX_QUERY) {
      throw SoqlLexer.malformed("SOQL statements can not be longer than 100000 characters");
    }
    return new SoqlParser(text).query();
  }

  private Soql query() {
    expect("SELECT");
    boolean count = peek().is("COUNT") && tokens.get(next + 1).is("(");
    List<Soql.Path> fields = new ArrayList<>();
    if (count) {
      expect("COUNT");
      expect("(");
      expect(")");
    } else {
      do {
        fields.add(name());
      } while (accept(","));
    }
    expect("FROM");
    Soql.Path object = name();
    Optional<Soql.Condition> where = accept("WHERE") ? Optional.of(condition()) : Optional.empty();
    List<Soql.Order> orders = new ArrayList<>();
    if (accept("ORDER")) {
      expect("BY");
      do {
        orders.add(order());
      } while (accept(","));
    }
    OptionalInt limit = accept("LIMIT") ? OptionalInt.of(number()) : OptionalInt.empty();
    if (peek().kind() != Kind.END) {
      throw unexpected();
    }
    return new Soql(text, fields, count, object, where, orders, limit);
  }

  /** AND and OR may not be mixed without parentheses, nor may NOT follow either. */
  private Soql.Condition condition() {
    if (++depth > MAX_DEPTH) {
      throw SoqlLexer.malformed("The query's conditions are nested too deeply");
    }
    Soql.Condition first;
    if (accept("NOT")) {
      first = new Soql.Not(primary());
    } else {
      first = primary();
      if (peek().is("AND") || peek().is("OR")) {
        first = chain(first, peek().text());
      }
    }
    depth--;
    return first;
  }

  private Soql.Condition chain(Soql.Condition first, String connective) {
    List<Soql.Condition> parts = new ArrayList<>();
    parts.add(first);
    while (accept(connective)) {
      parts.add(primary());
    }
    return connective.equalsIgnoreCase("AND") ? new Soql.And(parts) : new Soql.Or(parts);
  }

  private Soql.Condition primary() {
    if (accept("(")) {
      Soql.Condition inner = condition();
      expect(")");
      return inner;
    }
    Soql.Path path = name();
    if (accept("IN")) {
      return new Soql.In(path, false, literals());
    }
    if (accept("NOT")) {
      expect("IN");
      return new Soql.In(path, true, literals());
    }
    if (accept("LIKE")) {
      return new Soql.Comparison(path, "LIKE", literal());
    }
    Token operator = peek();
    if (operator.kind() != Kind.SYMBOL || !COMPARISONS.contains(operator.text())) {
      throw unexpected();
    }
    next++;
    String normal = operator.text().equals("<>") ? "!=" : operator.text();
    return new Soql.Comparison(path, normal, literal());
  }

  private List<Soql.Literal> literals() {
    expect("(");
    List<Soql.Literal> literals = new ArrayList<>();
    do {
      literals.add(literal());
    } while (accept(","));
    expect(")");
    return literals;
  }

  private Soql.Literal literal() {
    Token token = peek();
    Soql.LiteralKind kind = literalKind(token);
    if (kind == Soql.LiteralKind.STRING && token.text().length() > MAX_LITERAL) {
      throw SoqlLexer.malformed("A string literal can not be longer than 4000 characters");
    }
    next++;
    boolean keyword = token.kind() == Kind.NAME;
    String value = keyword ? token.text().toLowerCase(Locale.ROOT) : token.text();
    return new Soql.Literal(kind, value, token.position());
  }

  private Soql.LiteralKind literalKind(Token token) {
    if (token.kind() == Kind.STRING) {
      return Soql.LiteralKind.STRING;
    } else if (token.kind() == Kind.NUMBER_OR_DATE) {
      return numberOrDate(token.text());
    } else if (token.is("null")) {
      return Soql.LiteralKind.NULL;
    } else if (token.is("true") || token.is("false")) {
      return Soql.LiteralKind.BOOLEAN;
    }
    throw unexpected();
  }

  private static Soql.LiteralKind numberOrDate(String text) {
    if (text.contains("T")) {
      return Soql.LiteralKind.DATETIME;
    }
    return text.indexOf('-') > 0 ? Soql.LiteralKind.DATE : Soql.LiteralKind.NUMBER;
  }

  private Soql.Order order() {
    Soql.Path path = name();
    boolean descending = accept("DESC");
    if (!descending) {
      accept("ASC");
    }
    boolean nullsLast = false;
    if (accept("NULLS")) {
      nullsLast = accept("LAST");
      if (!nullsLast) {
        expect("FIRST");
      }
    }
    return new Soql.Order(path, descending, nullsLast);
  }

  private int number() {
    Token token = peek();
    if (token.kind() != Kind.NUMBER_OR_DATE || !token.text().matches("\\d{1,9}")) {
      throw unexpected();
    }
    next++;
    return Integer.parseInt(token.text());
  }

  private Soql.Path name() {
    Token token = peek();
    if (token.kind() != Kind.NAME || RESERVED.contains(token.text().toLowerCase(Locale.ROOT))) {
      throw unexpected();
    }
    next++;
    return new Soql.Path(token.text(), token.position());
  }

  private Token peek() {
    return tokens.get(next);
  }

  private boolean accept(String keyword) {
    if (peek().is(keyword)) {
      next++;
      return true;
    }
    return false;
  }

  private void expect(String keyword) {
    if (!accept(keyword)) {
      throw unexpected();
    }
  }

  private ApiException unexpected() {
    return SoqlLexer.malformed("unexpected token: " + peek().text());
  }
}
