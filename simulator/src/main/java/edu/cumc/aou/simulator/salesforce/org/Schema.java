package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The objects of the org. Immutable. */
public final class Schema {
  static final String ACCOUNT = "Account";
  static final String CONTACT = "Contact";
  static final String OPPORTUNITY = "Opportunity";
  static final String USER = "User";
  static final String PROFILE = "Profile";
  public static final String ORGANIZATION = "Organization";
  static final String PMI_FIELD = "HP_PMI_ID__c";

  /** When describe last changed, unless it did while the org ran. */
  private static final Instant SET_UP = Instant.parse("2019-01-01T00:00:00Z");

  private final List<ObjectType> types;

  private Schema(List<ObjectType> types) {
    this.types = List.copyOf(types);
  }

  /**
   * Reads the seed.
   *
   * @param pmiKey what the PMI field of Contact is
   */
  static Schema load(PmiKey pmiKey) {
    try (InputStream seed = Schema.class.getResourceAsStream("schema.json")) {
      JsonNode root =
          new ObjectMapper().readTree(Objects.requireNonNull(seed, "schema.json is not packaged"));
      List<ObjectType> types = new ArrayList<>();
      root.path("objects").forEach(object -> types.add(new ObjectType(object, pmiKey)));
      return new Schema(types);
    } catch (IOException e) {
      throw new SalesforceSimulatorException("The schema's seed schema.json cannot be read", e);
    }
  }

  public List<ObjectType> types() {
    return types;
  }

  /** When describe last changed. */
  public Instant changed() {
    return SET_UP;
  }

  /** The object of this name, whatever its case. */
  public Optional<ObjectType> type(String name) {
    return types.stream().filter(type -> type.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The object whose reference field the parent reaches under this name, and that field. */
  public Optional<Map.Entry<ObjectType, Field>> child(ObjectType parent, String relationshipName) {
    for (ObjectType type : types) {
      for (Field field : type.fields()) {
        if (field.referenceTo().equals(parent.name())
            && type.childRelationship(field)
                .filter(relationshipName::equalsIgnoreCase)
                .isPresent()) {
          return Optional.of(Map.entry(type, field));
        }
      }
    }
    return Optional.empty();
  }

  public Optional<ObjectType> typeOfId(String id) {
    return types.stream().filter(type -> id.startsWith(type.keyPrefix())).findFirst();
  }

  /** An object that the simulator itself relies on. */
  public ObjectType known(String name) {
    return type(name)
        .orElseThrow(() -> new IllegalStateException("The schema's seed lacks the object " + name));
  }
}
