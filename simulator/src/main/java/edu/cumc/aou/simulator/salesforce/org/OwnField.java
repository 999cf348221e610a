package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns a field from describe into a line of the schema's seed. */
final class OwnField {
  /** The keys of a field in describe; an org needs few of them. */
  private static final Set<String> KEYS =
      Set.of(
          "aggregatable",
          "aiPredictionField",
          "autoNumber",
          "byteLength",
          "calculated",
          "calculatedFormula",
          "cascadeDelete",
          "caseSensitive",
          "compoundFieldName",
          "controllerName",
          "createable",
          "custom",
          "dataTranslationEnabled",
          "defaultValue",
          "defaultValueFormula",
          "defaultedOnCreate",
          "dependentPicklist",
          "deprecatedAndHidden",
          "digits",
          "displayLocationInDecimal",
          "encrypted",
          "externalId",
          "extraTypeInfo",
          "filterable",
          "filteredLookupInfo",
          "formulaTreatNullNumberAsZero",
          "groupable",
          "highScaleNumber",
          "htmlFormatted",
          "idLookup",
          "inlineHelpText",
          "label",
          "length",
          "mask",
          "maskType",
          "name",
          "nameField",
          "namePointing",
          "nillable",
          "permissionable",
          "picklistValues",
          "polymorphicForeignKey",
          "precision",
          "queryByDistance",
          "referenceTargetField",
          "referenceTo",
          "relationshipName",
          "relationshipOrder",
          "restrictedDelete",
          "restrictedPicklist",
          "scale",
          "searchPrefilterable",
          "soapType",
          "sortable",
          "type",
          "unique",
          "updateable",
          "writeRequiresMasterRead");

  private OwnField() {}

  /** The parts of the field that are not simulated. */
  static List<String> notes(JsonNode field, boolean held) {
    List<String> notes = new ArrayList<>();
    String type = field.path("type").asText();
    if (!held) {
      notes.add(
          type.equals("reference")
              ? "left out, as the org has nothing that it could point to"
              : "left out, as the simulator holds no " + type);
    }
    for (String key : (Iterable<String>) field::fieldNames) {
      if (!KEYS.contains(key)) {
        notes.add("'" + key + "' is not read");
      }
    }
    if (held && field.path("calculated").asBoolean()) {
      notes.add("a formula, which stays empty");
    }
    return notes;
  }

  /**
   * A field of describe as a line of the seed.
   *
   * @return empty for what the simulator cannot hold: files, places and times of day, and
   *     references to objects that it lacks
   */
  static Optional<JsonNode> seed(JsonNode field, Set<String> names, String children) {
    String type = type(field.path("type").asText());
    if (type.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", field.path("name").asText())
            .put("label", field.path("label").asText(field.path("name").asText()))
            .put("type", type)
            .put("length", field.path("length").asInt(length(type)))
            .put("precision", field.path("precision").asInt(type.equals("double") ? 18 : 0))
            .put("scale", field.path("scale").asInt())
            .put("flags", flags(field))
            .put("formula", field.path("calculatedFormula").asText(""));
    if (type.equals("reference")) {
      String to = "";
      for (JsonNode target : field.path("referenceTo")) {
        to = to.isEmpty() && names.contains(target.asText()) ? target.asText() : to;
      }
      if (to.isEmpty()) {
        return Optional.empty();
      }
      line.put("to", to).put("length", 18);
      line.put("relationship", field.path("relationshipName").asText(""));
      line.put("children", children);
    }
    line.put("controller", field.path("controllerName").asText(""));
    ArrayNode values = line.putArray("values");
    for (JsonNode value : field.path("picklistValues")) {
      if (value.isTextual()) {
        values.add(value.asText());
      } else if (value.path("active").asBoolean(true)) {
        values.add(value.path("value").asText());
      }
    }
    return Optional.of(line);
  }

  private static String type(String wireName) {
    return switch (wireName) {
      case "combobox" -> "picklist";
      case "encryptedstring" -> "string";
      case "string",
          "textarea",
          "email",
          "phone",
          "url",
          "picklist",
          "multipicklist",
          "reference",
          "boolean",
          "int",
          "double",
          "currency",
          "percent",
          "date",
          "datetime",
          "address" ->
          wireName;
      default -> "";
    };
  }

  /** The length of a text if the file does not tell. */
  private static int length(String type) {
    return switch (type) {
      case "string", "textarea", "picklist", "url" -> 255;
      case "multipicklist" -> 4_099;
      case "email" -> 80;
      case "phone" -> 40;
      default -> 0;
    };
  }

  private static String flags(JsonNode field) {
    boolean isKey = field.path("externalId").asBoolean() || field.path("unique").asBoolean();
    boolean isFilled = field.path("calculated").asBoolean() || field.path("autoNumber").asBoolean();
    return (isFilled
            ? ""
            : flag(field, "createable", true, 'c') + flag(field, "updateable", true, 'u'))
        + flag(field, "calculated", false, 'l')
        + flag(field, "autoNumber", false, 'a')
        + flag(field, "nillable", true, 'n')
        + flag(field, "defaultedOnCreate", field.path("type").asText().equals("boolean"), 'd')
        + flag(field, "idLookup", false, 'i')
        + flag(field, "externalId", false, 'e')
        + flag(field, "unique", false, 'q')
        + (field.path("type").asText().equals("string")
            ? flag(field, "caseSensitive", false, 'k')
            : "")
        + flag(field, "restrictedPicklist", false, 'r')
        + (field.path("filterable").asBoolean(true) ? "" : "f")
        + (isKey ? "x" : "");
  }

  static String flag(JsonNode node, String key, boolean otherwise, char letter) {
    return node.path(key).asBoolean(otherwise) ? String.valueOf(letter) : "";
  }
}
