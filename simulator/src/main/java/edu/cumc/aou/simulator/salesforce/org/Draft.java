package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record in a request, bound to the schema: names are known, values have the type of their field.
 * Nothing else is checked yet.
 *
 * @param id the value of {@code Id} in the body, as written; empty if absent or null
 * @param values what the body sets; null clears
 * @param parents references by a key of the parent
 */
public record Draft(
    ObjectType type,
    Optional<String> id,
    Map<Field, @Nullable Object> values,
    List<ParentKey> parents) {

  /** A reference to the record that has the given value in its key field. */
  public record ParentKey(Field reference, Field key, Object value) {}

  /**
   * Binds a JSON object.
   *
   * @throws ApiException with {@code isBinding()} if a name is unknown or a value of another type
   */
  public static Draft bind(Schema schema, ObjectType type, JsonNode json) {
    return bind(schema, type, json, type::seenField);
  }

  private static Draft bind(
      Schema schema, ObjectType type, JsonNode json, Function<String, Optional<Field>> known) {
    if (!json.isObject()) {
      throw ApiException.ofBinding(
          "JSON_PARSER_ERROR",
          "Can not deserialize SObject out of this token at [line:1, column:1]");
    }
    Optional<String> id = Optional.empty();
    Map<Field, @Nullable Object> values = new LinkedHashMap<>();
    List<ParentKey> parents = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : json.properties()) {
      String name = property.getKey();
      JsonNode value = property.getValue();
      if (name.equals("attributes")) {
        continue;
      }
      Optional<Field> relationship = type.relationship(name);
      if (name.equalsIgnoreCase("Id")) {
        id = Optional.of(value).filter(JsonNode::isTextual).map(JsonNode::textValue);
      } else if (relationship.isPresent() && value.isObject()) {
        parents.add(bindParent(schema, relationship.get(), value));
      } else {
        Field field = known.apply(name).orElseThrow(() -> noSuchColumn(type, name));
        values.put(field, read(field, json, name));
      }
    }
    return new Draft(type, id, values, parents);
  }

  /** Binds values in the form of the simulator's own methods; null clears. */
  public static Draft of(
      Schema schema, ObjectType type, Map<String, ? extends @Nullable Object> fields) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    fields.forEach((name, value) -> json.set(name, Values.toJson(value)));
    return bind(schema, type, json, type::field);
  }

  private static ParentKey bindParent(Schema schema, Field reference, JsonNode json) {
    ObjectType parent = schema.known(reference.referenceTo());
    List<Map.Entry<String, JsonNode>> keys =
        json.properties().stream().filter(key -> !key.getKey().equals("attributes")).toList();
    if (keys.size() != 1) {
      throw ApiException.ofBinding(
          "INVALID_FIELD",
          "Exactly one external id is expected within " + reference.relationshipName());
    }
    String name = keys.get(0).getKey();
    Field key = parent.field(name).orElseThrow(() -> noSuchColumn(parent, name));
    Object value = read(key, json, name);
    if (!key.isKey() || value == null) {
      throw ApiException.ofBinding(
          "INVALID_FIELD",
          key.name() + " is not an External ID or indexed field for " + parent.name());
    }
    return new ParentKey(reference, key, value);
  }

  private static @Nullable Object read(Field field, JsonNode holder, String name) {
    try {
      return Values.read(field, holder.path(name));
    } catch (ApiException e) {
      throw e.about(holder, name);
    }
  }

  public static ApiException noSuchColumn(ObjectType type, String name) {
    return ApiException.ofBinding(
        "INVALID_FIELD", "No such column '" + name + "' on sobject of type " + type.name());
  }

  /** Names the object only: drafts hold personal data. */
  @Override
  public String toString() {
    return type + " draft";
  }
}
