package edu.cumc.aou.simulator.salesforce.soql;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.soql.SoqlLexer.Kind;
import edu.cumc.aou.simulator.salesforce.soql.SoqlLexer.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the part of SOQL that the simulator speaks; everything else is a malformed query. */
public final class SoqlParser {
  private static final int MAX_QUERY = 100_000;
  private static final int MAX_LITERAL = 4_000;
  private static final int MAX_DEPTH = 100;
  private static final Set<String> COMPARISONS = Set.of("=", "!=", "<>", "<", "<=", ">", ">=");
  private static final Set<String> RESERVED =
      Set.of(
          "select",
          "from",
          "where",
          "and",
          "or",
          "not",
          "in",
          "like",
          "order",
          "by",
          "limit",
          "group",
          "having",
          "offset",
          "for",
          "includes",
          "excludes");

  private final String text;
  private final List<Token> tokens;
  private int next;
  private int depth;
  private boolean saysForWhat;

  private SoqlParser(String text) {
    this.text = text;
    this.tokens = SoqlLexer.tokens(text);
  }

  /**
   * Parses the query.
   *
   * @throws ApiException {@code MALFORMED_QUERY}
   */
  public static SoqlQuery parse(String text) {
    if (text.length() > MAX_QUERY) {
      throw SoqlLexer.malformed("SOQL statements can not be longer than 100000 characters");
    }
    SoqlParser parser = new SoqlParser(text);
    SoqlQuery query = parser.query();
    if (parser.peek().kind() != Kind.END) {
      throw parser.unexpected();
    }
    return query;
  }

  private SoqlQuery query() {
    expect("SELECT");
    boolean count =
        peek().is("COUNT") && ahead(1).is("(") && ahead(2).is(")") && ahead(3).is("FROM");
    List<SoqlQuery.Item> items = new ArrayList<>();
    if (count) {
      next += 3;
    } else {
      do {
        items.add(item());
      } while (accept(","));
    }
    expect("FROM");
    SoqlQuery.Path object = name();
    accept("AS");
    String alias = isName(peek()) ? name().name() : "";
    Map<String, SoqlQuery.Path> joins = joins();
    Optional<SoqlQuery.Condition> where =
        accept("WHERE") ? Optional.of(condition()) : Optional.empty();
    List<SoqlQuery.Term> groups = new ArrayList<>();
    Optional<SoqlQuery.Condition> having = Optional.empty();
    if (accept("GROUP")) {
      expect("BY");
      do {
        groups.add(term());
      } while (accept(","));
      having = accept("HAVING") ? Optional.of(condition()) : Optional.empty();
    }
    List<SoqlQuery.Order> orders = orders();
    OptionalInt limit = accept("LIMIT") ? OptionalInt.of(number()) : OptionalInt.empty();
    OptionalInt offset = accept("OFFSET") ? OptionalInt.of(number()) : OptionalInt.empty();
    forWhat(orders);
    if (count && (!groups.isEmpty() || !orders.isEmpty())) {
      throw SoqlLexer.malformed("COUNT() goes with neither GROUP BY nor ORDER BY");
    }
    return new SoqlQuery(
        text, items, count, object, alias, joins, where, groups, having, orders, limit, offset);
  }

  /** Parents that FROM names after the object, such as {@code Contact c, c.Account a}. */
  private Map<String, SoqlQuery.Path> joins() {
    Map<String, SoqlQuery.Path> joins = new LinkedHashMap<>();
    while (accept(",")) {
      SoqlQuery.Path path = name();
      accept("AS");
      String last = path.name().substring(path.name().lastIndexOf('.') + 1);
      String alias = isName(peek()) ? name().name() : last;
      joins.put(alias.toLowerCase(Locale.ROOT), path);
    }
    return joins;
  }

  /** The purpose of reading has no effect here, because nobody else holds locks. */
  private void forWhat(List<SoqlQuery.Order> orders) {
    if (accept("FOR")) {
      saysForWhat = true;
      if (peek().is("UPDATE") && !orders.isEmpty()) {
        throw unexpected();
      }
      do {
        if (!accept("VIEW") && !accept("REFERENCE") && !accept("UPDATE")) {
          throw unexpected();
        }
      } while (accept(","));
    }
  }

  private SoqlQuery.Item item() {
    Token start = peek();
    if (accept("(")) {
      deeper();
      SoqlQuery query = query();
      depth--;
      expect(")");
      return new SoqlQuery.ChildItem(query, start.position());
    }
    if (start.is("FIELDS") && ahead(1).is("(")) {
      next += 2;
      SoqlQuery.Path which = name();
      expect(")");
      return new SoqlQuery.FieldsItem(which.name().toUpperCase(Locale.ROOT), start.position());
    }
    SoqlQuery.Term term = term();
    return new SoqlQuery.TermItem(term, isName(peek()) ? name().name() : "");
  }

  private SoqlQuery.Term term() {
    SoqlQuery.Path first = name();
    if (!accept("(")) {
      return new SoqlQuery.Term(Optional.empty(), false, Optional.of(first), first.position());
    }
    String function = first.name().toUpperCase(Locale.ROOT);
    boolean isDate = DateFunction.of(function).isPresent();
    if (!isDate && !Aggregate.isOne(function)) {
      throw SoqlLexer.malformed("unexpected token: " + first.name());
    }
    if (function.equals("COUNT") && accept(")")) {
      return new SoqlQuery.Term(Optional.of(function), false, Optional.empty(), first.position());
    }
    boolean convert = isDate && peek().is("convertTimezone") && ahead(1).is("(");
    if (convert) {
      next += 2;
    }
    SoqlQuery.Path path = name();
    if (convert) {
      expect(")");
    }
    expect(")");
    return new SoqlQuery.Term(Optional.of(function), convert, Optional.of(path), first.position());
  }

  /** AND and OR may not be mixed without parentheses, nor may NOT follow either. */
  private SoqlQuery.Condition condition() {
    deeper();
    SoqlQuery.Condition first;
    if (accept("NOT")) {
      first = new SoqlQuery.Not(primary());
    } else {
      first = primary();
      if (peek().is("AND") || peek().is("OR")) {
        first = chain(first, peek().text());
      }
    }
    depth--;
    return first;
  }

  private void deeper() {
    if (++depth > MAX_DEPTH) {
      throw SoqlLexer.malformed("The query's conditions are nested too deeply");
    }
  }

  private SoqlQuery.Condition chain(SoqlQuery.Condition first, String connective) {
    List<SoqlQuery.Condition> parts = new ArrayList<>();
    parts.add(first);
    while (accept(connective)) {
      parts.add(primary());
    }
    return connective.equalsIgnoreCase("AND") ? new SoqlQuery.And(parts) : new SoqlQuery.Or(parts);
  }

  private SoqlQuery.Condition primary() {
    if (accept("(")) {
      SoqlQuery.Condition inner = condition();
      expect(")");
      return inner;
    }
    SoqlQuery.Term term = term();
    if (accept("IN")) {
      return in(term, false);
    } else if (accept("NOT")) {
      expect("IN");
      return in(term, true);
    } else if (accept("LIKE")) {
      return new SoqlQuery.Comparison(term, "LIKE", literal());
    } else if (accept("INCLUDES")) {
      return new SoqlQuery.Includes(term, false, literals());
    } else if (accept("EXCLUDES")) {
      return new SoqlQuery.Includes(term, true, literals());
    }
    Token operator = peek();
    if (operator.kind() != Kind.SYMBOL || !COMPARISONS.contains(operator.text())) {
      throw unexpected();
    }
    next++;
    String normal = operator.text().equals("<>") ? "!=" : operator.text();
    return new SoqlQuery.Comparison(term, normal, literal());
  }

  private SoqlQuery.Condition in(SoqlQuery.Term term, boolean negated) {
    if (peek().is("(") && ahead(1).is("SELECT")) {
      next++;
      deeper();
      saysForWhat = false;
      SoqlQuery query = query();
      if (saysForWhat
          || query.limit().isPresent()
          || query.offset().isPresent()
          || !query.orderBy().isEmpty()) {
        throw SoqlLexer.malformed(
            "Semi join sub-selects have neither ORDER BY nor LIMIT, OFFSET or FOR");
      }
      depth--;
      expect(")");
      return new SoqlQuery.InQuery(term, negated, query);
    }
    return new SoqlQuery.In(term, negated, literals());
  }

  private List<SoqlQuery.Literal> literals() {
    expect("(");
    List<SoqlQuery.Literal> literals = new ArrayList<>();
    do {
      literals.add(literal());
    } while (accept(","));
    expect(")");
    return literals;
  }

  private SoqlQuery.Literal literal() {
    Token token = peek();
    SoqlQuery.LiteralKind kind = literalKind(token);
    if (kind == SoqlQuery.LiteralKind.STRING && token.text().length() > MAX_LITERAL) {
      throw SoqlLexer.malformed("A string literal can not be longer than 4000 characters");
    }
    next++;
    boolean keyword = token.kind() == Kind.NAME;
    String value = keyword ? token.text().toLowerCase(Locale.ROOT) : token.text();
    if (kind == SoqlQuery.LiteralKind.RELATIVE_DATE && RelativeDates.needsNumber(value)) {
      expect(":");
      value += ":" + number();
    }
    return new SoqlQuery.Literal(kind, value, token.position());
  }

  private SoqlQuery.LiteralKind literalKind(Token token) {
    if (token.kind() == Kind.STRING) {
      return SoqlQuery.LiteralKind.STRING;
    } else if (token.kind() == Kind.NUMBER_OR_DATE) {
      return numberOrDate(token.text());
    } else if (token.is("null")) {
      return SoqlQuery.LiteralKind.NULL;
    } else if (token.is("true") || token.is("false")) {
      return SoqlQuery.LiteralKind.BOOLEAN;
    } else if (token.kind() == Kind.NAME && RelativeDates.isOne(token.text())) {
      return SoqlQuery.LiteralKind.RELATIVE_DATE;
    }
    throw unexpected();
  }

  private static SoqlQuery.LiteralKind numberOrDate(String text) {
    if (text.contains("T")) {
      return SoqlQuery.LiteralKind.DATETIME;
    }
    return text.indexOf('-') > 0 ? SoqlQuery.LiteralKind.DATE : SoqlQuery.LiteralKind.NUMBER;
  }

  private List<SoqlQuery.Order> orders() {
    List<SoqlQuery.Order> orders = new ArrayList<>();
    if (accept("ORDER")) {
      expect("BY");
      do {
        orders.add(order());
      } while (accept(","));
    }
    return orders;
  }

  private SoqlQuery.Order order() {
    SoqlQuery.Term term = term();
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
    return new SoqlQuery.Order(term, descending, nullsLast);
  }

  private int number() {
    Token token = peek();
    if (token.kind() != Kind.NUMBER_OR_DATE || !token.text().matches("\\d{1,9}")) {
      throw unexpected();
    }
    next++;
    return Integer.parseInt(token.text());
  }

  private SoqlQuery.Path name() {
    Token token = peek();
    if (!isName(token)) {
      throw unexpected();
    }
    next++;
    return new SoqlQuery.Path(token.text(), token.position());
  }

  private static boolean isName(Token token) {
    return token.kind() == Kind.NAME && !RESERVED.contains(token.text().toLowerCase(Locale.ROOT));
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token ahead(int by) {
    return tokens.get(Math.min(next + by, tokens.size() - 1));
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
