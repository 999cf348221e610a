package edu.cumc.aou.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Surroundings;
import edu.cumc.aou.salesforce.crm.OrgDescriptions;
import edu.cumc.aou.salesforce.crm.SalesforceConfig;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.config.SecretReferences;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The objects of an org as a file for a simulator: names, types, lengths, picklists, keys and
 * relationships. It only asks for describe, so it sees no record; of describe it keeps what a
 * simulator can enforce. Immutable.
 */
public final class SchemaExport {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** All Contacts of a site belong to one. */
  private static final String ACCOUNT = "Account";

  private static final List<String> OF_OBJECTS =
      List.of("name", "label", "labelPlural", "keyPrefix", "createable", "updateable", "deletable");

  private static final List<String> OF_FIELDS =
      List.of(
          "name",
          "label",
          "type",
          "length",
          "precision",
          "scale",
          "nillable",
          "createable",
          "updateable",
          "defaultedOnCreate",
          "calculated",
          "calculatedFormula",
          "autoNumber",
          "externalId",
          "idLookup",
          "unique",
          "caseSensitive",
          "filterable",
          "restrictedPicklist",
          "referenceTo",
          "relationshipName");

  private static final List<String> OF_RELATIONSHIPS =
      List.of("childSObject", "field", "relationshipName");

  private final SalesforceSettings salesforce;
  private final List<String> objects;

  private SchemaExport(SalesforceSettings salesforce, List<String> objects) {
    this.salesforce = salesforce;
    this.objects = List.copyOf(objects);
  }

  /**
   * Reads what it needs from the settings: the login, and the objects that the sync writes.
   *
   * @throws SyncException CONFIG that lists every problem
   */
  public static SchemaExport read(Config config, SecretReferences references) {
    ConfigProblems problems = new ConfigProblems();
    ConfigSection root = ConfigSection.root(config, problems, references);
    Optional<SalesforceSettings> salesforce = SalesforceConfig.read(root);
    List<String> objects =
        List.of(
            ACCOUNT,
            root.section("contact").text("object", "Contact"),
            root.section("journey").text("object", "Opportunity"));
    return new SchemaExport(problems.orThrow(salesforce), objects);
  }

  /**
   * Asks the org.
   *
   * @param more objects beside those that the sync writes
   * @return the file's content, for {@code aou-sync simulator --schema}
   * @throws SyncException if the org does not answer, or does not show one of them to this user
   */
  public ObjectNode run(Outside outside, List<String> more) {
    Set<String> wanted = new LinkedHashSet<>(objects);
    wanted.addAll(more);
    Surroundings surroundings =
        new Surroundings(outside.clock(), outside.pause()::forDuration, new Random());
    List<JsonNode> described = new ArrayList<>();
    try (Salesforce client = Salesforce.connect(salesforce, surroundings)) {
      OrgDescriptions.asSent(client, List.copyOf(wanted))
          .forEach((object, json) -> described.add(parsed(object, json)));
    }
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    ArrayNode array = file.putArray("objects");
    described.forEach(object -> array.add(kept(object, wanted)));
    return file;
  }

  private static JsonNode parsed(String object, String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new SyncException(
          FailureKind.PROTOCOL, "Salesforce: describe of " + object + " is not JSON", e);
    }
  }

  private static ObjectNode kept(JsonNode object, Set<String> wanted) {
    ObjectNode kept = kept(object, OF_OBJECTS);
    ArrayNode fields = kept.putArray("fields");
    for (JsonNode field : object.path("fields")) {
      ObjectNode one = kept(field, OF_FIELDS);
      ArrayNode values = JsonNodeFactory.instance.arrayNode();
      field.path("picklistValues").forEach(v -> values.add(kept(v, List.of("value", "active"))));
      if (!values.isEmpty()) {
        one.set("picklistValues", values);
      }
      fields.add(one);
    }
    ArrayNode children = kept.putArray("childRelationships");
    for (JsonNode child : object.path("childRelationships")) {
      if (wanted.contains(child.path("childSObject").asText())
          && child.path("relationshipName").isTextual()) {
        children.add(kept(child, OF_RELATIONSHIPS));
      }
    }
    return kept;
  }

  /** The named keys of an object that have a value. */
  private static ObjectNode kept(JsonNode from, List<String> keys) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (String key : keys) {
      JsonNode value = from.path(key);
      if (!value.isMissingNode() && !value.isNull() && !(value.isArray() && value.isEmpty())) {
        kept.set(key, value);
      }
    }
    return kept;
  }
}
