package edu.cumc.aou.simulator.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An object of the org, such as Contact, with its fields. Immutable; names ignore case. */
final class ObjectType {
  private final String name;
  private final String label;
  private final String labelPlural;
  private final String keyPrefix;
  private final String flags;
  private final List<Field> fields;
  private final Map<String, Field> byName = new HashMap<>();
  private final Map<String, Field> byRelationship = new HashMap<>();

  ObjectType(JsonNode seed, PmiKey pmiKey) {
    this.name = seed.path("name").asText();
    this.label = seed.path("label").asText();
    this.labelPlural = seed.path("labelPlural").asText();
    this.keyPrefix = seed.path("keyPrefix").asText();
    this.flags = seed.path("flags").asText();
    List<Field> all = new ArrayList<>();
    for (JsonNode line : seed.path("fields")) {
      boolean isPmiField =
          name.equals(Schema.CONTACT) && line.path("name").asText().equals(Schema.PMI_FIELD);
      Field field = Field.of(all.size(), line, isPmiField ? pmiKey : PmiKey.NONE);
      all.add(field);
      byName.put(key(field.name()), field);
      if (!field.relationshipName().isEmpty()) {
        byRelationship.put(key(field.relationshipName()), field);
      }
    }
    this.fields = List.copyOf(all);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  String name() {
    return name;
  }

  String label() {
    return label;
  }

  String labelPlural() {
    return labelPlural;
  }

  String keyPrefix() {
    return keyPrefix;
  }

  boolean createable() {
    return flags.indexOf('c') >= 0;
  }

  boolean updateable() {
    return flags.indexOf('u') >= 0;
  }

  boolean deletable() {
    return flags.indexOf('d') >= 0;
  }

  List<Field> fields() {
    return fields;
  }

  Optional<Field> field(String fieldName) {
    return Optional.ofNullable(byName.get(key(fieldName)));
  }

  /**
   * The reference field behind a relationship name such as {@code Account} or {@code Parent__r}.
   */
  Optional<Field> relationship(String relationshipName) {
    return Optional.ofNullable(byRelationship.get(key(relationshipName)));
  }

  /**
   * The name under which a parent's query reaches these records by a reference field of theirs.
   *
   * @return empty for references that are not meant to be read from the other end
   */
  Optional<String> childRelationship(Field reference) {
    if (reference.custom()) {
      return Optional.of(labelPlural.replace(" ", "_") + "__r");
    }
    boolean standard = reference.name().equals("AccountId") || reference.name().equals("ContactId");
    return standard ? Optional.of(labelPlural) : Optional.empty();
  }

  /** A field that the simulator itself relies on. */
  Field known(String fieldName) {
    return field(fieldName)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The schema's seed lacks " + name + "." + fieldName + ", which the org needs"));
  }

  @Override
  public String toString() {
    return name;
  }
}
