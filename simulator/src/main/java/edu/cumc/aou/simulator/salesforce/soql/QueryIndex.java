package edu.cumc.aou.simulator.salesforce.soql;

import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.Row;
import edu.cumc.aou.simulator.salesforce.org.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the rows that a query must look at, by an index where a condition allows it. */
final class QueryIndex {
  private QueryIndex() {}

  /** Rows that include everything the conditions accept. */
  static Collection<Row> candidates(Table table, SoqlQuery query, SoqlLiterals literals) {
    List<SoqlQuery.Condition> required = new ArrayList<>();
    query
        .where()
        .ifPresent(
            condition -> {
              if (condition instanceof SoqlQuery.And and) {
                required.addAll(and.parts());
              } else {
                required.add(condition);
              }
            });
    Optional<Collection<Row>> since = Optional.empty();
    for (SoqlQuery.Condition condition : required) {
      Optional<Collection<Row>> byKey = byKey(table, literals, condition);
      if (byKey.isPresent()) {
        return byKey.get();
      }
      if (condition instanceof SoqlQuery.Comparison comparison
          && comparison.operator().startsWith(">")
          && isOwn(comparison.term(), "SystemModstamp")
          && comparison.literal().kind() == SoqlQuery.LiteralKind.DATETIME) {
        since =
            literals
                .value("SystemModstamp", FieldType.DATETIME, comparison.literal())
                .map(from -> table.stampedSince((Instant) from));
      }
    }
    return since.orElseGet(table::rows);
  }

  private static boolean isOwn(SoqlQuery.Term term, String field) {
    return SoqlQuery.plain(term).filter(path -> path.name().equalsIgnoreCase(field)).isPresent();
  }

  private static Optional<Collection<Row>> byKey(
      Table table, SoqlLiterals literals, SoqlQuery.Condition condition) {
    if (condition instanceof SoqlQuery.In in && !in.negated()) {
      return byKey(table, literals, in.term(), in.literals());
    } else if (condition instanceof SoqlQuery.Comparison comparison
        && comparison.operator().equals("=")
        && comparison.literal().kind() != SoqlQuery.LiteralKind.RELATIVE_DATE) {
      return byKey(table, literals, comparison.term(), List.of(comparison.literal()));
    }
    return Optional.empty();
  }

  private static Optional<Collection<Row>> byKey(
      Table table, SoqlLiterals literals, SoqlQuery.Term term, List<SoqlQuery.Literal> values) {
    Optional<Field> key =
        SoqlQuery.plain(term)
            .flatMap(path -> table.type().field(path.name()))
            .filter(field -> field.type() == FieldType.ID || table.isIndexed(field));
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Set<Row> rows = new LinkedHashSet<>();
    for (SoqlQuery.Literal literal : values) {
      Optional<Object> value = literals.value(key.get().name(), key.get().type(), literal);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      if (key.get().type() == FieldType.ID) {
        table.row(value.get().toString()).ifPresent(rows::add);
      } else {
        rows.addAll(table.find(key.get(), value.get()));
      }
    }
    return Optional.of(rows);
  }
}
