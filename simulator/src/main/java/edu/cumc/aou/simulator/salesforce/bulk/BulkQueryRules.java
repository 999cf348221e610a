package edu.cumc.aou.simulator.salesforce.bulk;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.soql.SoqlLexer;
import edu.cumc.aou.simulator.salesforce.soql.SoqlLexer.Kind;
import edu.cumc.aou.simulator.salesforce.soql.SoqlLexer.Token;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Refuses in a job of the Bulk API what a query may say elsewhere. */
final class BulkQueryRules {
  private static final Set<String> AGGREGATES =
      Set.of("count", "count_distinct", "sum", "avg", "min", "max");

  private BulkQueryRules() {}

  /**
   * Refuses aggregates, groups, offsets, TYPEOF and queries within the list of fields.
   *
   * @throws ApiException {@code API_ERROR} for the first of them, or {@code MALFORMED_QUERY}
   */
  static void check(String query) {
    List<Token> tokens = SoqlLexer.tokens(query);
    boolean afterFrom = false;
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Kind.STRING) {
        continue;
      }
      boolean called = i + 1 < tokens.size() && tokens.get(i + 1).is("(");
      if (token.is("(")) {
        depth++;
      } else if (token.is(")")) {
        depth--;
      } else if (token.is("FROM") && depth == 0) {
        afterFrom = true;
      } else if (token.is("SELECT") && depth > 0 && !afterFrom) {
        throw refused("Nested Select");
      } else if (token.is("TYPEOF")) {
        throw refused("TYPEOF");
      } else if (afterFrom && (token.is("GROUP") || token.is("HAVING"))) {
        throw refused("GROUP BY");
      } else if (afterFrom && token.is("OFFSET")) {
        throw refused("OFFSET");
      } else if (called && AGGREGATES.contains(token.text().toLowerCase(Locale.ROOT))) {
        throw refused("Aggregate Relationships");
      }
    }
  }

  /** Whether the query can be cut into ranges of ids, which an order or a limit forbids. */
  static boolean allowsChunks(String query) {
    return SoqlLexer.tokens(query).stream()
        .filter(token -> token.kind() != Kind.STRING)
        .noneMatch(token -> token.is("ORDER") || token.is("LIMIT"));
  }

  private static ApiException refused(String what) {
    return ApiException.of(
        400, "API_ERROR", what + " not supported in Bulk V2 Query with CSV content type");
  }
}
