package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A field that an administrator added to an object.
 *
 * @param object the object, e.g. {@code Contact}
 * @param name the API name, which ends in {@code __c}
 * @param length the most characters of a text; 0 for other types
 * @param precision the digits of a number in all; 0 for other types
 * @param scale the digits of a number after the point
 * @param values what a picklist offers
 * @param restricted whether a picklist takes these values only
 */
public record AddedField(
    String object,
    String name,
    FieldType type,
    int length,
    int precision,
    int scale,
    List<String> values,
    boolean restricted) {

  public AddedField {
    values = List.copyOf(values);
  }

  /** A text, or a field of a type that has no size. */
  public static AddedField of(String object, String name, FieldType type, int length) {
    return new AddedField(object, name, type, length, 0, 0, List.of(), false);
  }

  /** A number. */
  public static AddedField number(
      String object, String name, FieldType type, int precision, int scale) {
    return new AddedField(object, name, type, 0, precision, scale, List.of(), false);
  }

  /** A restricted picklist. */
  public static AddedField picklist(
      String object, String name, FieldType type, List<String> values) {
    return new AddedField(object, name, type, 255, 0, 0, values, true);
  }

  /** In the form of the schema's seed. */
  ObjectNode seed() {
    ObjectNode seed =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name)
            .put("label", name.replace("__c", "").replace('_', ' '))
            .put("type", type.wireName())
            .put("length", length)
            .put("precision", precision)
            .put("scale", scale)
            .put("flags", restricted ? "cunr" : type == FieldType.BOOLEAN ? "cud" : "cun");
    ArrayNode offered = seed.putArray("values");
    values.forEach(offered::add);
    return seed;
  }
}
