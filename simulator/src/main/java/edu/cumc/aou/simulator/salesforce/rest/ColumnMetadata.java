package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldPath;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.soql.QueryEngine;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a query with {@code columns=true} tells about its columns. */
final class ColumnMetadata {
  private ColumnMetadata() {}

  static ArrayNode of(QueryEngine.Result result) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    if (result.shape() == QueryEngine.Shape.GROUPS) {
      result.groups().stream()
          .findFirst()
          .ifPresent(
              group ->
                  group
                      .fieldNames()
                      .forEachRemaining(
                          name -> {
                            if (!name.equals("attributes")) {
                              all.add(group(result, name));
                            }
                          }));
      return all;
    }
    Map<String, ArrayNode> joins = new LinkedHashMap<>();
    result.columns().forEach(column -> add(all, joins, column));
    for (QueryEngine.Children children : result.children()) {
      ObjectNode json = plain(children.name()).put("aggregate", true);
      ArrayNode columns = json.withArray("joinColumns");
      Map<String, ArrayNode> own = new LinkedHashMap<>();
      children.columns().forEach(column -> add(columns, own, column));
      all.add(json);
    }
    return all;
  }

  private static ObjectNode group(QueryEngine.Result result, String name) {
    return result
        .type()
        .field(name)
        .map(ColumnMetadata::field)
        .orElseGet(() -> plain(name).put("aggregate", true));
  }

  /** A parent's field appears below the parent, which is one column. */
  private static void add(ArrayNode all, Map<String, ArrayNode> joins, FieldPath column) {
    ArrayNode holder = all;
    StringBuilder path = new StringBuilder();
    for (Field reference : column.parents()) {
      ArrayNode outer = holder;
      path.append(reference.relationshipName()).append('.');
      holder =
          joins.computeIfAbsent(
              path.toString(),
              unused -> {
                ObjectNode join =
                    plain(reference.relationshipName()).put("foreignKeyName", reference.name());
                outer.add(join);
                return join.withArray("joinColumns");
              });
    }
    holder.add(field(column.field()));
  }

  private static ObjectNode field(Field field) {
    return plain(field.name())
        .put("booleanType", field.type() == FieldType.BOOLEAN)
        .put("custom", field.custom())
        .put("insertable", field.createable())
        .put("numberType", field.type().isNumber())
        .put("textType", field.type().isText())
        .put("updatable", field.updateable());
  }

  private static ObjectNode plain(String name) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("aggregate", false)
            .putNull("apexType")
            .put("booleanType", false)
            .put("columnName", name)
            .put("custom", false)
            .put("displayName", name)
            .putNull("foreignKeyName")
            .put("insertable", false);
    json.putArray("joinColumns");
    return json.put("numberType", false).put("textType", false).put("updatable", false);
  }
}
