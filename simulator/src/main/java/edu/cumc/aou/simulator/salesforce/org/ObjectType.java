package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An object of the org, such as Contact, with its fields. Immutable; names ignore case. */
public final class ObjectType {
  private static final List<String> ADDRESS_PARTS =
      List.of(
          "Street",
          "City",
          "StateCode",
          "State",
          "PostalCode",
          "CountryCode",
          "Country",
          "Latitude",
          "Longitude",
          "GeocodeAccuracy");

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

  public String name() {
    return name;
  }

  public String label() {
    return label;
  }

  public String labelPlural() {
    return labelPlural;
  }

  public String keyPrefix() {
    return keyPrefix;
  }

  public boolean createable() {
    return flags.indexOf('c') >= 0;
  }

  public boolean updateable() {
    return flags.indexOf('u') >= 0;
  }

  public boolean deletable() {
    return flags.indexOf('d') >= 0;
  }

  public List<Field> fields() {
    return fields;
  }

  public Optional<Field> field(String fieldName) {
    return Optional.ofNullable(byName.get(key(fieldName)));
  }

  /** The field, if the integration user may see it. */
  public Optional<Field> seenField(String fieldName) {
    return field(fieldName).filter(field -> field.access().maySee());
  }

  /** The fields that the integration user may see. */
  public List<Field> seenFields() {
    return fields.stream().filter(field -> field.access().maySee()).toList();
  }

  /**
   * The reference field behind a relationship name such as {@code Account} or {@code Parent__r}.
   */
  public Optional<Field> relationship(String relationshipName) {
    return Optional.ofNullable(byRelationship.get(key(relationshipName)));
  }

  /**
   * The field that combines this one with others, such as {@code MailingAddress}.
   *
   * @return empty if there is none
   */
  public Optional<Field> compound(Field part) {
    String partName = part.name();
    boolean isPerson = byName.containsKey("lastname");
    if (isPerson && Set.of("FirstName", "LastName", "Salutation").contains(partName)) {
      return field("Name");
    }
    return ADDRESS_PARTS.stream()
        .filter(partName::endsWith)
        .map(suffix -> partName.substring(0, partName.length() - suffix.length()) + "Address")
        .flatMap(compoundName -> field(compoundName).stream())
        .filter(compound -> compound.type() == FieldType.ADDRESS)
        .findFirst();
  }

  /** The fields of an address, in the order of their names. */
  public List<Field> parts(Field address) {
    return fields.stream()
        .filter(field -> compound(field).filter(address::equals).isPresent())
        .sorted(Comparator.comparing(Field::name))
        .toList();
  }

  /**
   * The name by which a parent's query reaches these records through a reference field.
   *
   * @return empty for references that cannot be read from the other end
   */
  public Optional<String> childRelationship(Field reference) {
    if (!reference.childRelationship().isEmpty()) {
      return Optional.of(reference.childRelationship());
    }
    if (reference.custom()) {
      return Optional.of(labelPlural.replace(" ", "_") + "__r");
    }
    boolean standard = reference.name().equals("AccountId") || reference.name().equals("ContactId");
    return standard ? Optional.of(labelPlural) : Optional.empty();
  }

  /** A field that the simulator itself relies on. */
  public Field known(String fieldName) {
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
