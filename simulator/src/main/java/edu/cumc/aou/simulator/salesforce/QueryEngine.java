package edu.cumc.aou.simulator.salesforce;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers queries from the database, by an index where a condition allows it. */
final class QueryEngine {
  private final Database database;

  QueryEngine(Database database) {
    this.database = database;
  }

  /**
   * What a query found, as of its execution.
   *
   * @param columns what it selects; empty if it only counts
   */
  record Result(ObjectType type, List<Row> rows, List<Column> columns) {}

  /**
   * Runs the query.
   *
   * @param deletedToo whether records in the recycle bin are found as well
   * @throws ApiException if the query is malformed or names what there is not
   */
  Result run(String text, boolean deletedToo) {
    Soql query = SoqlParser.parse(text);
    SoqlBinder binder = new SoqlBinder(database.schema(), query);
    ObjectType type = binder.object();
    List<Column> columns = new ArrayList<>();
    Set<Column> seen = new HashSet<>();
    for (Soql.Path path : query.fields()) {
      Column column = binder.column(type, path);
      if (!seen.add(column)) {
        throw binder.error(
            "INVALID_FIELD", path.position(), "duplicate field selected: " + path.name());
      }
      columns.add(column);
    }
    SoqlFilter filter = new SoqlFilter(database, binder, type);
    Predicate<Row> test = query.where().map(filter::test).orElse(row -> true);
    Optional<Comparator<Row>> order = order(binder, type, query.orderBy());
    Stream<Row> found =
        candidates(type, filter, query.where()).stream()
            .filter(row -> (deletedToo || !row.isDeleted()) && test.test(row));
    if (order.isPresent()) {
      found = found.sorted(order.get());
    }
    if (query.limit().isPresent()) {
      found = found.limit(query.limit().getAsInt());
    }
    return new Result(type, found.toList(), columns);
  }

  private Optional<Comparator<Row>> order(
      SoqlBinder binder, ObjectType type, List<Soql.Order> orders) {
    Optional<Comparator<Row>> all = Optional.empty();
    for (Soql.Order one : orders) {
      Column column = binder.filterColumn(type, one.path(), "sorted");
      Comparator<Row> next = (a, b) -> compare(column, one, a, b);
      all = Optional.of(all.map(former -> former.thenComparing(next)).orElse(next));
    }
    return all;
  }

  private int compare(Column column, Soql.Order order, Row a, Row b) {
    Object x = column.value(database, a);
    Object y = column.value(database, b);
    if (x == null && y == null) {
      return 0;
    } else if (x == null || y == null) {
      return (x == null) == order.nullsLast() ? 1 : -1;
    }
    int ascending =
        Values.ORDER.compare(
            Values.comparable(column.field(), x), Values.comparable(column.field(), y));
    return order.descending() ? -ascending : ascending;
  }

  /** Rows among which all that the conditions accept are found. */
  private Collection<Row> candidates(
      ObjectType type, SoqlFilter filter, Optional<Soql.Condition> where) {
    Table table = database.table(type);
    List<Soql.Condition> required = new ArrayList<>();
    where.ifPresent(
        condition -> {
          if (condition instanceof Soql.And and) {
            required.addAll(and.parts());
          } else {
            required.add(condition);
          }
        });
    Optional<Instant> since = Optional.empty();
    for (Soql.Condition condition : required) {
      Collection<Row> byKey = byKey(type, filter, condition);
      if (byKey != null) {
        return byKey;
      }
      if (condition instanceof Soql.Comparison comparison
          && comparison.operator().startsWith(">")
          && comparison.path().name().equalsIgnoreCase("SystemModstamp")) {
        since =
            filter
                .value(type.known("SystemModstamp"), comparison.literal())
                .map(Instant.class::cast);
      }
    }
    return since.isPresent() ? table.stampedSince(since.get()) : table.rows();
  }

  private @Nullable Collection<Row> byKey(
      ObjectType type, SoqlFilter filter, Soql.Condition condition) {
    if (condition instanceof Soql.In in && !in.negated()) {
      return byKey(type, filter, in.path(), in.literals());
    } else if (condition instanceof Soql.Comparison comparison
        && comparison.operator().equals("=")) {
      return byKey(type, filter, comparison.path(), List.of(comparison.literal()));
    }
    return null;
  }

  private @Nullable Collection<Row> byKey(
      ObjectType type, SoqlFilter filter, Soql.Path path, List<Soql.Literal> literals) {
    Table table = database.table(type);
    Optional<Field> key =
        type.field(path.name())
            .filter(field -> field.type() == FieldType.ID || table.isIndexed(field));
    if (key.isEmpty()) {
      return null;
    }
    Set<Row> rows = new LinkedHashSet<>();
    for (Soql.Literal literal : literals) {
      Optional<Object> value = filter.value(key.get(), literal);
      if (value.isEmpty()) {
        return null;
      }
      if (key.get().type() == FieldType.ID) {
        table.row(value.get().toString()).ifPresent(rows::add);
      } else {
        rows.addAll(table.find(key.get(), value.get()));
      }
    }
    return rows;
  }

  /** The record as an answer shows it. */
  ObjectNode toJson(String dataPath, Row row, List<Column> columns) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("attributes", attributes(dataPath, row));
    for (Column column : columns) {
      addColumn(dataPath, json, row, column);
    }
    return json;
  }

  private void addColumn(String dataPath, ObjectNode json, Row row, Column column) {
    ObjectNode target = json;
    Row holder = row;
    for (Field reference : column.parents()) {
      String name = reference.relationshipName();
      Optional<Row> parent = Column.parent(database, holder, reference);
      if (parent.isEmpty()) {
        target.putNull(name);
        return;
      }
      holder = parent.get();
      if (target.get(name) instanceof ObjectNode nested) {
        target = nested;
      } else {
        target = target.putObject(name);
        target.set("attributes", attributes(dataPath, holder));
      }
    }
    target.set(column.field().name(), Values.toJson(holder.get(column.field())));
  }

  static ObjectNode attributes(String dataPath, Row row) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", row.type().name())
        .put("url", dataPath + "/sobjects/" + row.type().name() + "/" + row.id());
  }
}
