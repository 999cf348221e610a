package edu.cumc.aou.simulator.salesforce;

import java.util.ArrayList;
import java.util.List;

/** Finds the objects and fields that a query names; its errors point into the query's text. */
final class SoqlBinder {
  private static final int CONTEXT = 60;

  private final Schema schema;
  private final Soql query;

  SoqlBinder(Schema schema, Soql query) {
    this.schema = schema;
    this.query = query;
  }

  /**
   * The queried object.
   *
   * @throws ApiException {@code INVALID_TYPE}
   */
  ObjectType object() {
    String name = query.object().name();
    return schema
        .type(name)
        .orElseThrow(
            () ->
                error(
                    "INVALID_TYPE",
                    query.object().position(),
                    "sObject type '"
                        + name
                        + "' is not supported. If you are attempting to use a custom object, be"
                        + " sure to append the '__c' after the entity name. Please reference your"
                        + " WSDL or the describe call for the appropriate names."));
  }

  /**
   * The column behind a path.
   *
   * @throws ApiException {@code INVALID_FIELD}
   */
  Column column(ObjectType object, Soql.Path path) {
    List<String> names = List.of(path.name().split("\\.", -1));
    List<Field> parents = new ArrayList<>();
    ObjectType holder = object;
    for (String name : names.subList(0, names.size() - 1)) {
      ObjectType child = holder;
      Field reference =
          child
              .relationship(name)
              .orElseThrow(
                  () ->
                      error(
                          "INVALID_FIELD",
                          path.position(),
                          "Didn't understand relationship '"
                              + name
                              + "' in field path. If you are attempting to use a custom"
                              + " relationship, be sure to append the '__r' after the custom"
                              + " relationship name. Please reference your WSDL or the describe"
                              + " call for the appropriate names."));
      parents.add(reference);
      holder = schema.known(reference.referenceTo());
    }
    if (parents.size() > Column.MAX_HOPS) {
      throw error(
          "INVALID_FIELD", path.position(), "Maximum number of relationship levels exceeded");
    }
    String name = names.get(names.size() - 1);
    ObjectType owner = holder;
    Field field =
        owner
            .field(name)
            .orElseThrow(
                () ->
                    error(
                        "INVALID_FIELD",
                        path.position(),
                        "No such column '"
                            + name
                            + "' on entity '"
                            + owner.name()
                            + "'. If you are attempting to use a custom field, be sure to append"
                            + " the '__c' after the custom field name. Please reference your WSDL"
                            + " or the describe call for the appropriate names."));
    return new Column(List.copyOf(parents), field);
  }

  /** A column that WHERE or ORDER BY may use. */
  Column filterColumn(ObjectType object, Soql.Path path, String clause) {
    Column column = column(object, path);
    if (!column.field().filterable()) {
      throw error(
          "INVALID_FIELD",
          path.position(),
          "field '" + column.field().name() + "' can not be " + clause + " in a query call");
    }
    return column;
  }

  /** An error with the part of the query around the position and a caret under it. */
  ApiException error(String code, int position, String message) {
    String text = query.text().replaceAll("\\s", " ");
    int start = Math.max(0, position - CONTEXT);
    int end = Math.min(text.length(), position + CONTEXT);
    return ApiException.of(
        400,
        code,
        "\n"
            + text.substring(start, end)
            + "\n"
            + " ".repeat(position - start)
            + "^\nERROR at Row:1:Column:"
            + (position + 1)
            + "\n"
            + message);
  }
}
