package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The present objects of the org. The org's lock guards every change. */
public final class Schema {
  static final String ACCOUNT = "Account";
  static final String CONTACT = "Contact";
  static final String OPPORTUNITY = "Opportunity";
  static final String USER = "User";
  static final String RECORD_TYPE = "RecordType";
  static final String PROFILE = "Profile";
  public static final String ORGANIZATION = "Organization";
  static final String PMI_FIELD = "HP_PMI_ID__c";

  /** When describe last changed, unless it changed while the org ran. */
  private static final Instant SET_UP = Instant.parse("2019-01-01T00:00:00Z");

  private volatile List<ObjectType> types;
  private final List<AddedRecordType> recordTypes;
  private volatile Optional<OwnSchema> own;
  private volatile Instant changed = SET_UP;

  private Schema(
      List<ObjectType> types, List<AddedRecordType> recordTypes, Optional<OwnSchema> own) {
    this.types = List.copyOf(types);
    this.recordTypes = recordTypes;
    this.own = own;
  }

  /**
   * Reads the seed.
   *
   * @param pmiKey the definition of Contact's PMI field
   * @param additions what was added to the seed
   * @param own the objects of a real org
   * @param states the lists that restrict addresses; empty if they accept any text
   */
  static Schema load(
      PmiKey pmiKey,
      SchemaAdditions additions,
      Optional<OwnSchema> own,
      Optional<StatePicklists> states) {
    try (InputStream seed = Schema.class.getResourceAsStream("schema.json")) {
      JsonNode root =
          new ObjectMapper().readTree(Objects.requireNonNull(seed, "schema.json is not packaged"));
      boolean stated = own.filter(file -> file.states(CONTACT, PMI_FIELD)).isPresent();
      PmiKey key = stated ? PmiKey.NONE : pmiKey;
      List<ObjectType> types = new ArrayList<>();
      List<JsonNode> seeded = new ArrayList<>();
      root.path("objects").forEach(seeded::add);
      for (JsonNode object : own.map(file -> file.applied(seeded)).orElse(seeded)) {
        JsonNode extended = additions.extended(object);
        JsonNode whole = states.map(lists -> lists.extended(extended)).orElse(extended);
        types.add(new ObjectType(whole, key));
      }
      additions.objects().forEach(object -> types.add(new ObjectType(object, key)));
      return new Schema(types, additions.recordTypes(), own);
    } catch (IOException e) {
      throw new SalesforceSimulatorException("The schema's seed schema.json cannot be read", e);
    }
  }

  /** A schema of these objects. */
  static Schema of(List<ObjectType> types) {
    return new Schema(types, List.of(), Optional.empty());
  }

  /** A copy that later changes do not affect. */
  Schema copy() {
    Schema copy = new Schema(types, recordTypes, own);
    copy.changed = changed;
    return copy;
  }

  /** Becomes equal to another one. */
  void become(Schema other, Instant at) {
    types = other.types;
    own = other.own;
    changed = at;
  }

  /** The parts of a file's fields that the org does not simulate, a line for each. */
  public List<String> notes() {
    return own.map(file -> file.notes(this)).orElse(List.of());
  }

  public List<ObjectType> types() {
    return types;
  }

  /** The record types of all objects; their numbers are their places, from 1 on. */
  public List<AddedRecordType> recordTypes() {
    return recordTypes;
  }

  /** When describe last changed. */
  public Instant changed() {
    return changed;
  }

  /**
   * Adds and removes values of a picklist.
   *
   * @throws SalesforceSimulatorException if there is no such picklist
   */
  void changePicklist(
      String object, String field, List<String> added, List<String> removed, Instant at) {
    OrgPicklist picklist =
        type(object)
            .flatMap(type -> type.field(field))
            .filter(one -> one.type().isPicklist())
            .orElseThrow(
                () ->
                    new SalesforceSimulatorException(
                        "There is no picklist " + object + "." + field))
            .values();
    for (String value : removed) {
      if (!picklist.remove(value)) {
        throw new SalesforceSimulatorException(
            "The picklist " + object + "." + field + " does not offer '" + value + "'");
      }
    }
    added.forEach(picklist::add);
    changed = at;
  }

  /**
   * Changes what the integration user may do with a field, and whether it must have a value.
   *
   * @throws SalesforceSimulatorException if there is no such field
   */
  void changeAccess(
      String object,
      String field,
      FieldAccess.Permission permission,
      boolean required,
      Instant at) {
    FieldAccess access =
        type(object)
            .flatMap(type -> type.field(field))
            .orElseThrow(
                () -> new SalesforceSimulatorException("There is no field " + object + "." + field))
            .access();
    access.permit(permission);
    access.require(required);
    changed = at;
  }

  /** The object of this name, whatever its case. */
  public Optional<ObjectType> type(String name) {
    return types.stream().filter(type -> type.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The object and reference field that the parent reaches under this name. */
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
