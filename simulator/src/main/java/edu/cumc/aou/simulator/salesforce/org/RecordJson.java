package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Writes records as answers show them, with fields of their parents. */
public final class RecordJson {

  private final OrgRecords database;

  public RecordJson(OrgRecords database) {
    this.database = database;
  }

  /** The record as an answer shows it, without its children. */
  public ObjectNode of(String dataPath, Row row, List<FieldPath> columns) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("attributes", attributes(dataPath, row));
    for (FieldPath column : columns) {
      addColumn(dataPath, json, row, column);
    }
    return json;
  }

  private void addColumn(String dataPath, ObjectNode json, Row row, FieldPath column) {
    ObjectNode target = json;
    Row holder = row;
    for (Field reference : column.parents()) {
      String name = reference.relationshipName();
      Optional<Row> parent = FieldPath.parent(database, holder, reference);
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
    target.set(
        column.field().name(),
        column.field().type() == FieldType.ADDRESS
            ? address(holder, column.field())
            : Values.toJson(holder.get(column.field())));
  }

  /** An address as one value; null if it has no parts. */
  private static JsonNode address(Row row, Field address) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    int prefix = address.name().length() - "Address".length();
    boolean isEmpty = true;
    for (Field part : row.type().parts(address)) {
      String name = part.name().substring(prefix);
      Object value = row.get(part);
      json.set(Character.toLowerCase(name.charAt(0)) + name.substring(1), Values.toJson(value));
      isEmpty &= value == null;
    }
    return isEmpty ? NullNode.getInstance() : json;
  }

  /** A record's type and address. */
  static ObjectNode attributes(String dataPath, Row row) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", row.type().name())
        .put("url", dataPath + "/sobjects/" + row.type().name() + "/" + row.id());
  }
}
