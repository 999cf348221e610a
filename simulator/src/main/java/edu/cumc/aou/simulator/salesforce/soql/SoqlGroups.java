package edu.cumc.aou.simulator.salesforce.soql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.org.FieldPath;
import edu.cumc.aou.simulator.salesforce.org.Row;
import edu.cumc.aou.simulator.salesforce.org.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers queries with aggregates or GROUP BY from the rows that WHERE has found. */
final class SoqlGroups {
  private static final int MAX_GROUPS = 2_000;

  private final SoqlBinder binder;
  private final SoqlLiterals literals;
  private final List<GroupTerm> groupTerms = new ArrayList<>();

  /** An entry of GROUP BY, recognised by its meaning and not by its spelling. */
  private record GroupTerm(
      FieldPath column, Optional<String> function, boolean convert, Operand<Row> operand) {}

  /** Rows that share all values of GROUP BY; may be empty without GROUP BY. */
  private record Group(List<Row> rows) {}

  SoqlGroups(SoqlBinder binder, SoqlLiterals literals) {
    this.binder = binder;
    this.literals = literals;
    binder.query().groupBy().forEach(term -> groupTerms.add(groupTerm(term)));
  }

  /** Whether a query has groups. */
  static boolean isGrouped(SoqlQuery query) {
    return !query.groupBy().isEmpty()
        || query.items().stream()
            .anyMatch(
                item ->
                    item instanceof SoqlQuery.TermItem one
                        && one.term().function().filter(Aggregate::isOne).isPresent());
  }

  private GroupTerm groupTerm(SoqlQuery.Term term) {
    Operand<Row> operand = binder.operand(term, "grouped");
    FieldPath column = binder.column(path(term));
    if (term.function().isEmpty() && !column.field().groupable()) {
      throw binder.invalidField(
          term.position(),
          "field '" + column.field().name() + "' can not be grouped in a query call");
    }
    return new GroupTerm(column, term.function(), term.convert(), operand);
  }

  private static SoqlQuery.Path path(SoqlQuery.Term term) {
    return term.path().orElseThrow(() -> SoqlLexer.malformed("unexpected token: ("));
  }

  /**
   * The records of the answer.
   *
   * @throws ApiException if something is selected that is neither grouped nor aggregated, or if
   *     there are too many groups for one answer
   */
  List<ObjectNode> run(List<Row> rows) {
    SoqlQuery query = binder.query();
    Map<String, Operand<Group>> selected = selected(query);
    SoqlFilter<Group> filter =
        new SoqlFilter<>(
            binder,
            literals,
            this::operand,
            in -> {
              throw SoqlLexer.malformed("unexpected token: SELECT");
            });
    Predicate<Group> having = query.having().map(filter::test).orElse(group -> true);
    Optional<Comparator<Group>> order = Operand.order(query.orderBy(), this::operand);
    Stream<Group> groups = groups(rows).stream().filter(having);
    if (order.isPresent()) {
      groups = groups.sorted(order.get());
    }
    groups = groups.skip(query.offset().orElse(0)).limit(query.limit().orElse(Integer.MAX_VALUE));
    List<ObjectNode> records = new ArrayList<>();
    groups.forEach(group -> records.add(json(group, selected)));
    if (records.size() > MAX_GROUPS) {
      throw ApiException.of(
          400,
          "EXCEEDED_ID_LIMIT",
          "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a"
              + " single batch");
    }
    return records;
  }

  private Map<String, Operand<Group>> selected(SoqlQuery query) {
    Map<String, Operand<Group>> selected = new LinkedHashMap<>();
    int unnamed = 0;
    for (SoqlQuery.Item item : query.items()) {
      if (!(item instanceof SoqlQuery.TermItem one)) {
        throw SoqlLexer.malformed("Grouped queries select fields and functions only");
      }
      String name = one.alias();
      if (name.isEmpty()) {
        // A field's last name counts, even for a field of a parent.
        name =
            SoqlQuery.plain(one.term()).isPresent()
                ? binder.column(path(one.term())).field().name()
                : "expr" + unnamed++;
      }
      if (selected.put(name, operand(one.term())) != null) {
        throw SoqlLexer.malformed("duplicate alias: " + name);
      }
    }
    return selected;
  }

  private List<Group> groups(List<Row> rows) {
    if (groupTerms.isEmpty()) {
      return List.of(new Group(rows));
    }
    Map<List<@Nullable Object>, Group> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      List<@Nullable Object> key = new ArrayList<>();
      groupTerms.forEach(term -> key.add(term.operand().comparable(row)));
      groups.computeIfAbsent(key, unused -> new Group(new ArrayList<>())).rows().add(row);
    }
    return List.copyOf(groups.values());
  }

  private Operand<Group> operand(SoqlQuery.Term term) {
    SoqlQuery.Path path = path(term);
    if (term.function().filter(Aggregate::isOne).isPresent()) {
      return aggregate(Aggregate.valueOf(term.function().get()), term, path);
    }
    FieldPath column = binder.column(path);
    GroupTerm group =
        groupTerms.stream()
            .filter(one -> one.column().equals(column))
            .filter(one -> one.function().equals(term.function()))
            .filter(one -> one.convert() == term.convert())
            .findFirst()
            .orElseThrow(
                () ->
                    binder.error(
                        "MALFORMED_QUERY",
                        term.position(),
                        "Field must be grouped or aggregated: " + path.name()));
    Operand<Row> own = group.operand();
    return new Operand<>(
        own.name(), own.type(), term.position(), rows -> own.value().apply(rows.rows().get(0)));
  }

  private Operand<Group> aggregate(Aggregate function, SoqlQuery.Term term, SoqlQuery.Path path) {
    SoqlQuery.Term field =
        new SoqlQuery.Term(Optional.empty(), false, Optional.of(path), path.position());
    Operand<Row> of = binder.operand(field, "aggregated");
    if (!function.takes(of.type())) {
      throw binder.invalidField(
          term.position(),
          "field " + of.name() + " does not support aggregate operator " + function);
    }
    return new Operand<>(
        function + "(" + of.name() + ")",
        function.result(of.type()),
        term.position(),
        group -> {
          List<@Nullable Object> values = new ArrayList<>();
          group.rows().forEach(row -> values.add(of.value().apply(row)));
          return function.apply(values, of.type());
        });
  }

  private static ObjectNode json(Group group, Map<String, Operand<Group>> selected) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("attributes").put("type", "AggregateResult");
    selected.forEach(
        (name, operand) -> json.set(name, Values.toJson(operand.value().apply(group))));
    return json;
  }
}
