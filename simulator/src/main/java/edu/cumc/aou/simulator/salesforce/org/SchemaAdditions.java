package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What an administrator added to the built-in objects. Immutable. */
public record SchemaAdditions(List<AddedField> fields, List<AddedRecordType> recordTypes) {

  public SchemaAdditions {
    fields = List.copyOf(fields);
    recordTypes = List.copyOf(recordTypes);
  }

  /** The seed's object with its additions. */
  JsonNode extended(JsonNode object) {
    String name = object.path("name").asText();
    List<ObjectNode> added = new ArrayList<>();
    fields.stream().filter(f -> f.object().equals(name)).map(AddedField::seed).forEach(added::add);
    if (recordTypes.stream().anyMatch(t -> t.object().equals(name))) {
      added.add(
          field(AddedRecordType.FIELD, "Record Type ID", "reference", 18, "cund")
              .put("to", Schema.RECORD_TYPE)
              .put("relationship", "RecordType"));
    }
    if (added.isEmpty()) {
      return object;
    }
    ObjectNode extended = object.deepCopy();
    ((ArrayNode) extended.path("fields")).addAll(added);
    return extended;
  }

  /** The object of record types, present only if there are some. */
  List<JsonNode> objects() {
    if (recordTypes.isEmpty()) {
      return List.of();
    }
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", Schema.RECORD_TYPE)
            .put("keyPrefix", "012")
            .put("label", "Record Type")
            .put("labelPlural", "Record Types")
            .put("flags", "cu");
    object
        .putArray("fields")
        .add(field("Id", "Record Type ID", "id", 18, "di"))
        .add(field("Name", "Name", "string", 80, "cu"))
        .add(field("DeveloperName", "Record Type Name", "string", 80, "cu"))
        .add(field("SobjectType", "SObject Type Name", "string", 40, "c"))
        .add(field("IsActive", "Active", "boolean", 0, "cud"))
        .add(field("CreatedDate", "Created Date", "datetime", 0, "d"))
        .add(stamp("CreatedById", "Created By ID"))
        .add(field("LastModifiedDate", "Last Modified Date", "datetime", 0, "d"))
        .add(stamp("LastModifiedById", "Last Modified By ID"))
        .add(field("SystemModstamp", "System Modstamp", "datetime", 0, "d"));
    return List.of(object);
  }

  private static ObjectNode stamp(String name, String label) {
    return field(name, label, "reference", 18, "d").put("to", Schema.USER);
  }

  private static ObjectNode field(
      String name, String label, String type, int length, String flags) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("label", label)
        .put("type", type)
        .put("length", length)
        .put("flags", flags);
  }

  /** The record types as lines of the journal. */
  List<ObjectNode> lines() {
    List<ObjectNode> lines = new ArrayList<>();
    for (AddedRecordType type : recordTypes) {
      lines.add(
          OrgSeed.line(Schema.RECORD_TYPE, AddedRecordType.id(lines.size() + 1), type.seed()));
    }
    return lines;
  }
}
