package edu.cumc.aou.simulator.salesforce.soql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldPath;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.OrgRecords;
import edu.cumc.aou.simulator.salesforce.org.Row;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Answers queries from the database, by an index where a condition allows it. */
public final class QueryEngine {
  private static final int MAX_OFFSET = 2_000;
  private static final int MAX_CHILDREN = 20;
  private static final int MAX_FIELDS_LIMIT = 200;

  private final Org org;
  private final OrgRecords database;

  public QueryEngine(Org org) {
    this(org, org.database());
  }

  /** Queries records that the org keeps beside those of its objects. */
  public QueryEngine(Org org, OrgRecords database) {
    this.org = org;
    this.database = database;
  }

  /** The shape of a query's answer. */
  public enum Shape {
    RECORDS,
    /** Only the number of rows. */
    COUNT,
    /** Aggregates, which belong to no object. */
    GROUPS
  }

  /**
   * The result of a query, at the time of its execution.
   *
   * @param columns the columns that it selects
   * @param names the columns as the query names them
   * @param children the children that it selects
   * @param groups the records if they are aggregates; then there are no rows
   */
  public record Result(
      Shape shape,
      ObjectType type,
      List<Row> rows,
      List<FieldPath> columns,
      List<String> names,
      List<Children> children,
      List<ObjectNode> groups) {
    public int size() {
      return shape == Shape.GROUPS ? groups.size() : rows.size();
    }
  }

  /** The children of one relationship, by the id of their parent. */
  public record Children(String name, List<FieldPath> columns, Map<String, Result> byParent) {}

  /** The columns of a query, and their names in it. */
  private record Selected(List<FieldPath> columns, List<String> names) {}

  /** A query in progress, bound, with its conditions. */
  private record Bound(SoqlBinder binder, SoqlLiterals literals, SoqlFilter<Row> filter) {
    SoqlQuery query() {
      return binder.query();
    }
  }

  /**
   * Runs the query.
   *
   * @param deletedToo whether to find records in the recycle bin as well
   * @throws ApiException if the query is malformed or names something unknown
   */
  public Result run(String text, boolean deletedToo) {
    SoqlQuery query = SoqlParser.parse(text);
    ZoneId zone = org.zone();
    Bound bound = bound(SoqlBinder.of(database, query, zone), deletedToo, 0);
    query.where().ifPresent(SemiJoins::check);
    checkOffset(query);
    if (SoqlGroups.isGrouped(query)) {
      SoqlGroups groups = new SoqlGroups(bound.binder(), bound.literals());
      List<ObjectNode> records = groups.run(found(bound, deletedToo).toList());
      return new Result(
          Shape.GROUPS, bound.binder().type(), List.of(), List.of(), List.of(), List.of(), records);
    }
    Selected selected = selected(bound);
    List<Row> rows = page(bound, sorted(bound, found(bound, deletedToo))).toList();
    List<Children> children = children(bound, rows, deletedToo);
    Shape shape = query.count() ? Shape.COUNT : Shape.RECORDS;
    return new Result(
        shape,
        bound.binder().type(),
        rows,
        selected.columns(),
        selected.names(),
        children,
        List.of());
  }

  private Bound bound(SoqlBinder binder, boolean deletedToo, int depth) {
    SoqlLiterals literals = new SoqlLiterals(binder, org.now(), org.zone());
    SoqlFilter<Row> filter =
        new SoqlFilter<>(
            binder,
            literals,
            term -> binder.operand(term, "filtered"),
            in -> ids(binder, in, deletedToo, depth + 1));
    return new Bound(binder, literals, filter);
  }

  private static void checkOffset(SoqlQuery query) {
    if (query.offset().orElse(0) > MAX_OFFSET) {
      throw ApiException.of(
          400, "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is " + MAX_OFFSET);
    }
  }

  private Stream<Row> found(Bound bound, boolean deletedToo) {
    Predicate<Row> test = bound.query().where().map(bound.filter()::test).orElse(row -> true);
    return QueryIndex.candidates(
            database.table(bound.binder().type()), bound.query(), bound.literals())
        .stream()
        .filter(row -> (deletedToo || !row.isDeleted()) && test.test(row));
  }

  private static Stream<Row> sorted(Bound bound, Stream<Row> rows) {
    Optional<Comparator<Row>> order =
        Operand.order(bound.query().orderBy(), term -> bound.binder().operand(term, "sorted"));
    return order.isPresent() ? rows.sorted(order.get()) : rows;
  }

  private static Stream<Row> page(Bound bound, Stream<Row> rows) {
    SoqlQuery query = bound.query();
    int limit = query.limit().orElse(Integer.MAX_VALUE);
    return query.offset().isPresent()
        // With an offset, there are no further pages.
        ? rows.skip(query.offset().getAsInt()).limit(Math.min(limit, MAX_OFFSET))
        : rows.limit(limit);
  }

  private static Selected selected(Bound bound) {
    List<FieldPath> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Set<FieldPath> seen = new HashSet<>();
    SoqlBinder binder = bound.binder();
    for (SoqlQuery.Item item : bound.query().items()) {
      if (item instanceof SoqlQuery.FieldsItem fields) {
        for (FieldPath column : allFields(bound, fields).filter(seen::add).toList()) {
          columns.add(column);
          names.add(column.field().name());
        }
      } else if (item instanceof SoqlQuery.TermItem one) {
        if (!one.alias().isEmpty()) {
          throw SoqlLexer.malformed("only aggregate expressions use field aliasing");
        }
        SoqlQuery.Path path =
            SoqlQuery.plain(one.term())
                .orElseThrow(
                    () ->
                        binder.error(
                            "MALFORMED_QUERY",
                            one.term().position(),
                            "Functions of fields can only be selected with GROUP BY"));
        FieldPath column = binder.column(path);
        if (!seen.add(column)) {
          throw binder.invalidField(path.position(), "duplicate field selected: " + path.name());
        }
        columns.add(column);
        names.add(path.name());
      }
    }
    return new Selected(columns, names);
  }

  private static Stream<FieldPath> allFields(Bound bound, SoqlQuery.FieldsItem item) {
    Predicate<Field> wanted =
        switch (item.which()) {
          case "ALL" -> field -> true;
          case "STANDARD" -> field -> !field.custom();
          case "CUSTOM" -> Field::custom;
          default -> throw SoqlLexer.malformed("unexpected token: " + item.which());
        };
    if (!item.which().equals("STANDARD")
        && bound.query().limit().orElse(Integer.MAX_VALUE) > MAX_FIELDS_LIMIT) {
      throw bound
          .binder()
          .error(
              "MALFORMED_QUERY",
              item.position(),
              "The SOQL FIELDS function must have a LIMIT of at most " + MAX_FIELDS_LIMIT);
    }
    return bound.binder().type().fields().stream()
        .filter(wanted)
        .map(field -> new FieldPath(List.of(), field));
  }

  private List<Children> children(Bound bound, List<Row> parents, boolean deletedToo) {
    List<Children> all = new ArrayList<>();
    for (SoqlQuery.Item item : bound.query().items()) {
      if (item instanceof SoqlQuery.ChildItem child) {
        all.add(children(bound.binder(), child, parents, deletedToo));
      }
    }
    if (all.size() > MAX_CHILDREN) {
      throw SoqlLexer.malformed("A query can have at most " + MAX_CHILDREN + " subqueries");
    }
    return all;
  }

  private Children children(
      SoqlBinder parent, SoqlQuery.ChildItem item, List<Row> parents, boolean deletedToo) {
    SoqlQuery query = item.query();
    Map.Entry<ObjectType, Field> relationship =
        relationship(parent, parent.withoutOwnName(query.object()));
    Bound bound = bound(parent.child(query, relationship.getKey()), deletedToo, 0);
    if (query.items().stream().anyMatch(one -> one instanceof SoqlQuery.ChildItem)
        || query.count()
        || SoqlGroups.isGrouped(query)) {
      throw parent.error(
          "MALFORMED_QUERY", item.position(), "Subqueries select fields, one level deep, only");
    }
    checkOffset(query);
    Selected selected = selected(bound);
    Map<Object, List<Row>> rows = new HashMap<>();
    sorted(bound, found(bound, deletedToo))
        .forEach(
            row -> {
              Object parentId = row.get(relationship.getValue());
              if (parentId != null) {
                rows.computeIfAbsent(parentId, unused -> new ArrayList<>()).add(row);
              }
            });
    Map<String, Result> byParent = new HashMap<>();
    for (Row row : parents) {
      List<Row> own = page(bound, rows.getOrDefault(row.id(), List.of()).stream()).toList();
      byParent.put(
          row.id(),
          new Result(
              Shape.RECORDS,
              relationship.getKey(),
              own,
              selected.columns(),
              selected.names(),
              List.of(),
              List.of()));
    }
    String name = relationship.getKey().childRelationship(relationship.getValue()).orElseThrow();
    return new Children(name, selected.columns(), byParent);
  }

  private Map.Entry<ObjectType, Field> relationship(SoqlBinder parent, SoqlQuery.Path name) {
    return database
        .schema()
        .child(parent.type(), name.name())
        .orElseThrow(
            () ->
                parent.error(
                    "INVALID_TYPE",
                    name.position(),
                    "Didn't understand relationship '"
                        + name.name()
                        + "' in FROM part of query call. If you are attempting to use a custom"
                        + " relationship, be sure to append the '__r' after the custom relationship"
                        + " name. Please reference your WSDL or the describe call for the"
                        + " appropriate names."));
  }

  /** The result of a semi-join's subquery. */
  private Set<Object> ids(SoqlBinder outer, SoqlQuery.InQuery in, boolean deletedToo, int depth) {
    SoqlQuery query = in.query();
    Bound bound = bound(SoqlBinder.of(database, query, org.zone()), deletedToo, depth);
    if (depth > 1) {
      throw SoqlLexer.malformed("Nesting of semi join sub-selects is not supported");
    }
    if (bound.binder().type().equals(outer.type())) {
      throw SoqlLexer.malformed(
          "The inner and outer selects should not be on the same object type");
    }
    if (query.items().size() != 1 || query.count() || SoqlGroups.isGrouped(query)) {
      throw SoqlLexer.malformed("Semi join sub-selects must select exactly one field");
    }
    FieldPath column = selected(bound).columns().get(0);
    SemiJoins.checkTypes(outer, in.term(), bound.binder(), column);
    Set<Object> ids = new HashSet<>();
    found(bound, deletedToo)
        .forEach(row -> Optional.ofNullable(column.value(database, row)).ifPresent(ids::add));
    return ids;
  }
}
