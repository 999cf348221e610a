package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.org.AddedRecordType;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes objects with all the keys that an org shows. */
final class Describe {
  private static final int BYTES_PER_CHARACTER = 3;
  private static final int INT_DIGITS = 8;
  private static final String MASTER_RECORD_TYPE = Ids.withChecksum("012000000000000");
  private static final List<String> ALWAYS_NULL_IN_FIELD =
      List.of(
          "controllerName",
          "defaultValueFormula",
          "filteredLookupInfo",
          "inlineHelpText",
          "mask",
          "maskType",
          "referenceTargetField",
          "relationshipOrder");
  private static final List<String> ALWAYS_FALSE_IN_FIELD =
      List.of(
          "aiPredictionField",
          "cascadeDelete",
          "dependentPicklist",
          "deprecatedAndHidden",
          "displayLocationInDecimal",
          "encrypted",
          "formulaTreatNullNumberAsZero",
          "highScaleNumber",
          "htmlFormatted",
          "namePointing",
          "polymorphicForeignKey",
          "queryByDistance",
          "restrictedDelete",
          "searchPrefilterable",
          "writeRequiresMasterRead");

  private Describe() {}

  /** The short description that lists of objects have. */
  static ObjectNode brief(ObjectType type, String dataPath) {
    String path = dataPath + "/sobjects/" + type.name();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("activateable", false)
            .putNull("associateEntityType")
            .putNull("associateParentEntity")
            .put("createable", type.createable())
            .put("custom", false)
            .put("customSetting", false)
            .put("deepCloneable", false)
            .put("deletable", type.deletable())
            .put("deprecatedAndHidden", false)
            .put("feedEnabled", false)
            .put("hasSubtypes", false)
            .put("isInterface", false)
            .put("isSubtype", false)
            .put("keyPrefix", type.keyPrefix())
            .put("label", type.label())
            .put("labelPlural", type.labelPlural())
            .put("layoutable", true)
            .put("mergeable", type.field("MasterRecordId").isPresent())
            .put("mruEnabled", true)
            .put("name", type.name())
            .put("queryable", true)
            .put("replicateable", type.deletable())
            .put("retrieveable", true)
            .put("searchable", true)
            .put("triggerable", type.deletable())
            .put("undeletable", type.deletable())
            .put("updateable", type.updateable());
    json.putObject("urls")
        .put("sobject", path)
        .put("describe", path + "/describe")
        .put("rowTemplate", path + "/{ID}");
    return json;
  }

  /** The whole description. */
  static ObjectNode full(Schema schema, ObjectType type, String dataPath) {
    ObjectNode json = brief(type, dataPath);
    ArrayNode children = json.putArray("childRelationships");
    for (ObjectType child : schema.types()) {
      for (Field field : child.fields()) {
        if (field.referenceTo().equals(type.name())) {
          addChild(children, child, field);
        }
      }
    }
    json.put("compactLayoutable", true)
        .putNull("defaultImplementation")
        .putNull("extendedBy")
        .putNull("extendsInterfaces")
        .putNull("implementedBy")
        .putNull("implementsInterfaces")
        .putNull("listviewable")
        .putNull("lookupLayoutable")
        .putNull("networkScopeFieldName")
        .put("searchLayoutable", true)
        .putNull("sobjectDescribeOption");
    json.putArray("actionOverrides");
    json.putArray("namedLayoutInfos");
    addRecordTypes(json, schema.recordTypes(), type, dataPath + "/sobjects/" + type.name());
    json.putArray("supportedScopes").addObject().put("label", "All").put("name", "everything");
    ArrayNode fields = json.putArray("fields");
    type.seenFields().forEach(field -> fields.add(field(type, field)));
    return json;
  }

  private static void addChild(ArrayNode children, ObjectType child, Field field) {
    ObjectNode relationship =
        children
            .addObject()
            .put("cascadeDelete", false)
            .put("childSObject", child.name())
            .put("deprecatedAndHidden", false)
            .put("field", field.name());
    relationship.putArray("junctionIdListNames");
    relationship.putArray("junctionReferenceTo");
    child
        .childRelationship(field)
        .ifPresentOrElse(
            name -> relationship.put("relationshipName", name),
            () -> relationship.putNull("relationshipName"));
    relationship.put("restrictedDelete", false);
  }

  private static void addRecordTypes(
      ObjectNode json, List<AddedRecordType> all, ObjectType type, String path) {
    ArrayNode infos = json.putArray("recordTypeInfos");
    for (int i = 0; i < all.size(); i++) {
      AddedRecordType one = all.get(i);
      if (one.object().equals(type.name())) {
        addRecordType(
            infos, AddedRecordType.id(i + 1), one.name(), one.active(), one.available(), path);
      }
    }
    addRecordType(infos, MASTER_RECORD_TYPE, "Master", true, true, path);
  }

  private static void addRecordType(
      ArrayNode infos, String id, String name, boolean active, boolean available, String path) {
    boolean isMaster = id.equals(MASTER_RECORD_TYPE);
    infos
        .addObject()
        .put("active", active)
        .put("available", available)
        .put("defaultRecordTypeMapping", isMaster)
        .put("developerName", name)
        .put("master", isMaster)
        .put("name", name)
        .put("recordTypeId", id)
        .putObject("urls")
        .put("layout", path + "/describe/layouts/" + id);
  }

  private static ObjectNode field(ObjectType type, Field field) {
    FieldType kind = field.type();
    boolean isReference = kind == FieldType.REFERENCE;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ALWAYS_FALSE_IN_FIELD.forEach(key -> json.put(key, false));
    ALWAYS_NULL_IN_FIELD.forEach(json::putNull);
    json.put("autoNumber", field.filled().autoNumber())
        .put("calculated", field.filled().calculated())
        .put(
            "calculatedFormula",
            field.filled().formula().isEmpty() ? null : field.filled().formula());
    json.put("aggregatable", field.filterable() && kind != FieldType.BOOLEAN)
        .put("byteLength", field.length() * (kind.isId() ? 1 : BYTES_PER_CHARACTER))
        .put("caseSensitive", kind == FieldType.CASE_SENSITIVE_STRING)
        .put("createable", field.createable() && field.access().mayEdit())
        .put("custom", field.custom())
        .put("defaultedOnCreate", field.defaultedOnCreate())
        .put("digits", kind == FieldType.INT ? INT_DIGITS : 0)
        .put("externalId", field.externalId())
        .put("filterable", field.filterable())
        .put("groupable", field.groupable())
        .put("idLookup", field.idLookup())
        .put("label", field.label())
        .put("length", field.length())
        .put("name", field.name())
        .put("nameField", field.name().equals("Name"))
        .put("nillable", isNillable(field))
        .put("permissionable", field.createable() && isNillable(field))
        .put("precision", field.precision())
        .put("restrictedPicklist", field.restrictedPicklist())
        .put("scale", field.scale())
        .put("soapType", kind.soapType())
        .put("sortable", field.filterable())
        .put("type", kind.wireName())
        .put("unique", field.unique())
        .put("updateable", field.updateable() && field.access().mayEdit());
    if (!field.controller().isEmpty()) {
      json.put("dependentPicklist", true).put("controllerName", field.controller());
    }
    if (kind == FieldType.BOOLEAN) {
      json.put("defaultValue", false);
    } else {
      json.putNull("defaultValue");
    }
    json.put("compoundFieldName", type.compound(field).map(Field::name).orElse(null))
        .put("extraTypeInfo", extraTypeInfo(type, field));
    ArrayNode picklist = json.putArray("picklistValues");
    field.values().active().forEach(value -> addValue(picklist, value, true));
    field.values().removed().forEach(value -> addValue(picklist, value, false));
    ArrayNode referenceTo = json.putArray("referenceTo");
    json.putNull("relationshipName");
    if (isReference) {
      referenceTo.add(field.referenceTo());
      if (!field.relationshipName().isEmpty()) {
        json.put("relationshipName", field.relationshipName());
      }
    }
    return json;
  }

  private static boolean isNillable(Field field) {
    return field.nillable() && !field.access().isRequired();
  }

  private static @Nullable String extraTypeInfo(ObjectType type, Field field) {
    if (field.type() == FieldType.TEXTAREA) {
      return "plaintextarea";
    }
    boolean isPerson = field.name().equals("Name") && type.field("LastName").isPresent();
    return isPerson ? "personname" : null;
  }

  private static void addValue(ArrayNode picklist, String value, boolean active) {
    picklist
        .addObject()
        .put("active", active)
        .put("defaultValue", false)
        .put("label", value)
        .putNull("validFor")
        .put("value", value);
  }
}
