package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The objects of a real org, as describe shows them, and its rules. If a new org also has an object
 * of the file, the object gets the file's fields. Standard fields that the file does not name stay;
 * other custom fields go, except those that the org's own journeys need. Immutable.
 */
public final class OwnSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Fields that the org itself writes. */
  private static final Set<String> NEEDED = Set.of(Schema.PMI_FIELD, "Contact__c");

  /** Fields that every record has. */
  private static final Set<String> SYSTEM =
      Set.of(
          "Id",
          "IsDeleted",
          "CreatedDate",
          "CreatedById",
          "LastModifiedDate",
          "LastModifiedById",
          "SystemModstamp");

  private final List<JsonNode> objects;
  private final List<String> rules;

  private OwnSchema(List<JsonNode> objects, List<String> rules) {
    this.objects = List.copyOf(objects);
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads a file.
   *
   * @throws SalesforceSimulatorException if it cannot be read or says something unknown
   */
  public static OwnSchema read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw problem("it cannot be read; check its name and permissions");
    }
  }

  /**
   * Reads the content of a file.
   *
   * @throws SalesforceSimulatorException if it says something unknown
   */
  public static OwnSchema parse(String content) {
    try {
      JsonNode root = JSON.readTree(content);
      for (String key : (Iterable<String>) root::fieldNames) {
        if (!Set.of("objects", "rules").contains(key)) {
          throw problem("'" + key + "' is unknown; there are objects and rules");
        }
      }
      List<JsonNode> objects = new ArrayList<>();
      for (JsonNode object : root.path("objects")) {
        checkObject(object, objects.size() + 1);
        objects.add(object);
      }
      List<String> rules = new ArrayList<>();
      for (JsonNode rule : root.path("rules")) {
        if (!rule.asText().startsWith("refuse ") && !rule.asText().startsWith("rewrite ")) {
          throw problem("a rule begins with refuse or rewrite");
        }
        rules.add(rule.asText());
      }
      if (objects.isEmpty() && rules.isEmpty()) {
        throw problem("it lists neither objects nor rules");
      }
      return new OwnSchema(objects, rules);
    } catch (JsonProcessingException e) {
      throw problem("it is not JSON; line " + e.getLocation().getLineNr());
    }
  }

  private static SalesforceSimulatorException problem(String text) {
    return new SalesforceSimulatorException("The file of the schema: " + text);
  }

  private static void checkObject(JsonNode object, int number) {
    String name = object.path("name").asText();
    if (name.isEmpty() || !object.path("fields").isArray()) {
      throw problem("object " + number + " has no name, or no list of fields");
    }
    for (JsonNode field : object.path("fields")) {
      if (field.path("name").asText().isEmpty() || field.path("type").asText().isEmpty()) {
        throw problem(name + " has a field without a name or a type");
      }
    }
  }

  /** Faults that stand for validation rules and automations, one per line. */
  public List<String> rules() {
    return rules;
  }

  /** The parts of the fields that the org does not simulate, a line for each. */
  public List<String> notes(Schema schema) {
    List<String> notes = new ArrayList<>();
    for (JsonNode object : objects) {
      String name = object.path("name").asText();
      for (JsonNode field : object.path("fields")) {
        boolean held =
            schema.type(name).flatMap(t -> t.field(field.path("name").asText())).isPresent();
        OwnField.notes(field, held)
            .forEach(note -> notes.add(name + "." + field.path("name").asText() + ": " + note));
      }
    }
    return notes;
  }

  /**
   * The name by which the parent of a reference reaches the records; empty if the file states none.
   */
  private String children(String object, String field) {
    for (JsonNode parent : objects) {
      for (JsonNode child : parent.path("childRelationships")) {
        if (child.path("childSObject").asText().equalsIgnoreCase(object)
            && child.path("field").asText().equalsIgnoreCase(field)
            && child.path("relationshipName").isTextual()) {
          return child.path("relationshipName").asText();
        }
      }
    }
    return "";
  }

  /** Whether the file defines this field of this object. */
  boolean states(String object, String field) {
    return objects.stream()
        .filter(one -> one.path("name").asText().equalsIgnoreCase(object))
        .flatMap(one -> stream(one.path("fields")).stream())
        .anyMatch(one -> one.path("name").asText().equalsIgnoreCase(field));
  }

  private static List<JsonNode> stream(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all;
  }

  /** The file's version of a new org's objects, and its further objects. */
  List<JsonNode> applied(List<JsonNode> seed) {
    Set<String> names = new HashSet<>();
    Set<String> prefixes = new HashSet<>();
    seed.forEach(object -> names.add(object.path("name").asText()));
    seed.forEach(object -> prefixes.add(object.path("keyPrefix").asText()));
    objects.forEach(object -> names.add(object.path("name").asText()));
    Map<String, JsonNode> all = new LinkedHashMap<>();
    seed.forEach(object -> all.put(object.path("name").asText(), object));
    JsonNode account = Objects.requireNonNull(all.get(Schema.ACCOUNT), "every org has Accounts");
    for (JsonNode object : objects) {
      String name = object.path("name").asText();
      JsonNode present = all.get(name);
      all.put(
          name,
          present == null
              ? added(object, names, account, prefixes)
              : merged(present, object, names));
    }
    return List.copyOf(all.values());
  }

  private JsonNode merged(JsonNode present, JsonNode object, Set<String> names) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    for (JsonNode field : present.path("fields")) {
      String name = field.path("name").asText();
      if (!name.endsWith("__c") || NEEDED.contains(name)) {
        fields.put(name, field);
      }
    }
    addFields(fields, object, names);
    ObjectNode merged = present.deepCopy();
    merged.putArray("fields").addAll(fields.values());
    return merged;
  }

  private JsonNode added(
      JsonNode object, Set<String> names, JsonNode account, Set<String> prefixes) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    for (JsonNode field : account.path("fields")) {
      if (SYSTEM.contains(field.path("name").asText())) {
        fields.put(field.path("name").asText(), field);
      }
    }
    addFields(fields, object, names);
    String name = object.path("name").asText();
    String label = object.path("label").asText(name);
    ObjectNode added =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name)
            .put("keyPrefix", prefix(object.path("keyPrefix").asText(), prefixes))
            .put("label", label)
            .put("labelPlural", object.path("labelPlural").asText(label + "s"))
            .put(
                "flags",
                OwnField.flag(object, "createable", true, 'c')
                    + OwnField.flag(object, "updateable", true, 'u')
                    + OwnField.flag(object, "deletable", true, 'd'));
    added.putArray("fields").addAll(fields.values());
    return added;
  }

  /** The stated prefix, or the first free one; the simulator's own objects keep theirs. */
  private static String prefix(String stated, Set<String> taken) {
    String prefix = stated;
    for (int i = 0; prefix.length() != 3 || taken.contains(prefix); i++) {
      prefix = "a%02d".formatted(i);
    }
    taken.add(prefix);
    return prefix;
  }

  /** Id, stamps and everything else that the org fills in stay as they are. */
  private void addFields(Map<String, JsonNode> fields, JsonNode object, Set<String> names) {
    for (JsonNode field : object.path("fields")) {
      String name = field.path("name").asText();
      if (!SYSTEM.contains(name)) {
        String known =
            fields.keySet().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
        String children = children(object.path("name").asText(), name);
        OwnField.seed(field, names, children).ifPresent(line -> fields.put(known, line));
      }
    }
  }
}
