package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One field of an object, as the seed of the schema states it.
 *
 * @param ordinal its place among the fields of its object, and in each row's values
 * @param length the most characters of a text; 0 for other types
 * @param idLookup whether it finds records, as an external id does
 * @param indexed whether the simulator keeps an index of it; clients cannot tell
 * @param values what a picklist offers
 * @param referenceTo the object that a reference points to; empty for other types
 * @param relationshipName the name under which a query reaches the referenced record; may be empty
 * @param childRelationship the name under which the referenced record reaches this one's; empty if
 *     both names imply it
 * @param controller the field on which a dependent picklist depends, which the API does not
 *     enforce; empty for others
 * @param access what the integration user may do with it
 */
public record Field(
    int ordinal,
    String name,
    String label,
    FieldType type,
    int length,
    int precision,
    int scale,
    boolean createable,
    boolean updateable,
    boolean nillable,
    boolean defaultedOnCreate,
    boolean idLookup,
    boolean externalId,
    boolean unique,
    boolean filterable,
    boolean restrictedPicklist,
    boolean indexed,
    OrgPicklist values,
    String referenceTo,
    String relationshipName,
    String childRelationship,
    Filled filled,
    String controller,
    FieldAccess access) {

  /**
   * What the org fills in itself.
   *
   * @param formula its text, as far as known; empty for other fields
   */
  public record Filled(boolean calculated, boolean autoNumber, String formula) {}

  /** The field that a line of the schema's seed describes. */
  static Field of(int ordinal, JsonNode seed, PmiKey key) {
    String flags = seed.path("flags").asText();
    List<String> values = new ArrayList<>();
    seed.path("values").forEach(value -> values.add(value.asText()));
    return new Field(
        ordinal,
        seed.path("name").asText(),
        seed.path("label").asText(),
        key.isCaseSensitive() || has(flags, 'k')
            ? FieldType.CASE_SENSITIVE_STRING
            : FieldType.of(seed.path("type").asText()),
        seed.path("length").asInt(),
        seed.path("precision").asInt(),
        seed.path("scale").asInt(),
        has(flags, 'c'),
        has(flags, 'u'),
        has(flags, 'n'),
        has(flags, 'd'),
        has(flags, 'i') || key.isUnique(),
        key.isUnique() || has(flags, 'e'),
        key.isUnique() || has(flags, 'q'),
        !has(flags, 'f'),
        has(flags, 'r'),
        has(flags, 'x'),
        new OrgPicklist(values),
        seed.path("to").asText(),
        seed.path("relationship").asText(),
        seed.path("children").asText(),
        new Filled(has(flags, 'l'), has(flags, 'a'), seed.path("formula").asText()),
        seed.path("controller").asText(),
        new FieldAccess());
  }

  private static boolean has(String flags, char flag) {
    return flags.indexOf(flag) >= 0;
  }

  public boolean custom() {
    return name.endsWith("__c");
  }

  /** Whether GROUP BY accepts it. */
  public boolean groupable() {
    return filterable
        && switch (type) {
          case DOUBLE, CURRENCY, PERCENT, DATETIME -> false;
          default -> true;
        };
  }

  boolean requiredOnCreate() {
    return createable && (!nillable || access.isRequired()) && !defaultedOnCreate;
  }

  /** Whether an upsert or a relationship may find records by this field. */
  public boolean isKey() {
    return externalId || idLookup;
  }
}
