package edu.cumc.aou.simulator.salesforce.soql;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldPath;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.OrgRecords;
import edu.cumc.aou.simulator.salesforce.org.Row;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the objects and fields of a query; its errors point into the query's text. */
final class SoqlBinder {
  private static final int CONTEXT = 60;

  private final OrgRecords database;
  private final SoqlQuery query;
  private final ObjectType type;
  private final ZoneId zone;

  private SoqlBinder(OrgRecords database, SoqlQuery query, ObjectType type, ZoneId zone) {
    this.database = database;
    this.query = query;
    this.type = type;
    this.zone = zone;
  }

  /**
   * Binds a query of an object.
   *
   * @param zone the user's time zone
   * @throws ApiException {@code INVALID_TYPE} if there is no such object
   */
  static SoqlBinder of(OrgRecords database, SoqlQuery query, ZoneId zone) {
    String name = query.object().name();
    Optional<ObjectType> type = database.schema().type(name);
    if (type.isEmpty()) {
      throw error(
          query.text(),
          "INVALID_TYPE",
          query.object().position(),
          "sObject type '"
              + name
              + "' is not supported. If you are attempting to use a custom object, be"
              + " sure to append the '__c' after the entity name. Please reference your"
              + " WSDL or the describe call for the appropriate names.");
    }
    SoqlBinder binder = new SoqlBinder(database, query, type.get(), zone);
    // Refuses an unknown parent even if it is not used.
    query
        .joins()
        .values()
        .forEach(path -> binder.column(new SoqlQuery.Path(path.name() + ".Id", path.position())));
    return binder;
  }

  /** Binds a subquery on children, which its FROM names by their relationship. */
  SoqlBinder child(SoqlQuery subquery, ObjectType childType) {
    return new SoqlBinder(database, subquery, childType, zone);
  }

  /** A name in a subquery's FROM without the parent before it, as in {@code Account.Contacts}. */
  SoqlQuery.Path withoutOwnName(SoqlQuery.Path path) {
    int dot = path.name().indexOf('.');
    String first = dot < 0 ? "" : path.name().substring(0, dot);
    boolean isOwn = first.equalsIgnoreCase(type.name()) || first.equalsIgnoreCase(query.alias());
    return dot > 0 && isOwn
        ? new SoqlQuery.Path(path.name().substring(dot + 1), path.position())
        : path;
  }

  ObjectType type() {
    return type;
  }

  SoqlQuery query() {
    return query;
  }

  /**
   * The column behind a path.
   *
   * @throws ApiException {@code INVALID_FIELD}
   */
  FieldPath column(SoqlQuery.Path path) {
    List<String> names = new ArrayList<>(List.of(path.name().split("\\.", -1)));
    SoqlQuery.Path join = query.joins().get(names.get(0).toLowerCase(Locale.ROOT));
    if (names.size() > 1 && join != null) {
      names.remove(0);
      names.addAll(0, List.of(join.name().split("\\.", -1)));
    }
    String first = names.get(0);
    if (names.size() > 1
        && (first.equalsIgnoreCase(query.alias()) || first.equalsIgnoreCase(type.name()))) {
      names.remove(0);
    }
    List<Field> parents = new ArrayList<>();
    ObjectType holder = type;
    for (String name : names.subList(0, names.size() - 1)) {
      ObjectType child = holder;
      Field reference =
          child
              .relationship(name)
              .orElseThrow(
                  () ->
                      invalidField(
                          path.position(),
                          "Didn't understand relationship '"
                              + name
                              + "' in field path. If you are attempting to use a custom"
                              + " relationship, be sure to append the '__r' after the custom"
                              + " relationship name. Please reference your WSDL or the describe"
                              + " call for the appropriate names."));
      parents.add(reference);
      holder = database.schema().known(reference.referenceTo());
    }
    if (parents.size() > FieldPath.MAX_HOPS) {
      throw invalidField(path.position(), "Maximum number of relationship levels exceeded");
    }
    String name = names.get(names.size() - 1);
    ObjectType owner = holder;
    Field field =
        owner
            .seenField(name)
            .orElseThrow(
                () ->
                    invalidField(
                        path.position(),
                        "No such column '"
                            + name
                            + "' on entity '"
                            + owner.name()
                            + "'. If you are attempting to use a custom field, be sure to append"
                            + " the '__c' after the custom field name. Please reference your WSDL"
                            + " or the describe call for the appropriate names."));
    return new FieldPath(List.copyOf(parents), field);
  }

  /** A column that WHERE, ORDER BY or a function may use. */
  FieldPath usableColumn(SoqlQuery.Path path, String clause) {
    FieldPath column = column(path);
    if (!column.field().filterable()) {
      throw invalidField(
          path.position(),
          "field '" + column.field().name() + "' can not be " + clause + " in a query call");
    }
    return column;
  }

  /**
   * A field, or a date function of one, for single rows.
   *
   * @param clause what is done with it, for the error text
   * @throws ApiException if there is no such field, or it cannot be used in this way
   */
  Operand<Row> operand(SoqlQuery.Term term, String clause) {
    SoqlQuery.Path path = term.path().orElseThrow(() -> SoqlLexer.malformed("unexpected token: ("));
    FieldPath column = usableColumn(path, clause);
    FieldType fieldType = column.field().type();
    if (term.function().isEmpty()) {
      return new Operand<>(
          column.field().name(), fieldType, path.position(), row -> column.value(database, row));
    }
    String name = term.function().get();
    DateFunction function =
        DateFunction.of(name).orElseThrow(() -> SoqlLexer.malformed("unexpected token: " + name));
    if (!function.takes(fieldType) || (term.convert() && fieldType != FieldType.DATETIME)) {
      throw invalidField(
          path.position(),
          "field '" + column.field().name() + "' can not be used with the function " + name);
    }
    ZoneId seenFrom = term.convert() ? zone : ZoneOffset.UTC;
    return new Operand<>(
        name + "(" + column.field().name() + ")",
        function.result(),
        term.position(),
        row -> {
          Object value = column.value(database, row);
          return value == null ? null : function.apply(value, seenFrom);
        });
  }

  ApiException invalidField(int position, String message) {
    return error("INVALID_FIELD", position, message);
  }

  /** An error with the part of the query around the position and a caret under it. */
  ApiException error(String code, int position, String message) {
    return error(query.text(), code, position, message);
  }

  private static ApiException error(String query, String code, int position, String message) {
    String text = query.replaceAll("\\s", " ");
    int start = Math.max(0, position - CONTEXT);
    int end = Math.min(text.length(), position + CONTEXT);
    String before = query.substring(0, position);
    long row = before.chars().filter(c -> c == '\n').count() + 1;
    return ApiException.of(
        400,
        code,
        "\n"
            + text.substring(start, end)
            + "\n"
            + " ".repeat(position - start)
            + "^\nERROR at Row:"
            + row
            + ":Column:"
            + (position - before.lastIndexOf('\n'))
            + "\n"
            + message);
  }
}
