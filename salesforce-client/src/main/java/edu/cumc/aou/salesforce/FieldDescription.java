package edu.cumc.aou.salesforce;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What describe says of a field.
 *
 * @param name the API name in Salesforce's own case
 * @param type as Salesforce calls it: {@code string}, {@code date}, {@code picklist}, …; later
 *     releases may bring others
 * @param length the most characters of a text; 0 where it does not apply
 * @param precision all digits of a number; 0 where it does not apply
 * @param scale digits after the point
 * @param digits the most digits of an int
 * @param createable whether the user may set it on a new record
 * @param updateable whether the user may change it
 * @param defaultedOnCreate whether Salesforce supplies a value itself
 * @param idLookup whether an upsert accepts it as a key although it is no external id
 * @param unique whether Salesforce refuses the same value twice
 * @param filterable whether a WHERE clause may use it
 * @param restrictedPicklist whether Salesforce refuses values outside {@code picklistValues}
 * @param referenceTo the objects that a lookup may point at
 * @param relationshipName the name of the parent in queries; null if it has none
 * @param controllerName the field on which the values of a dependent picklist depend, which the API
 *     does not enforce; null if it depends on none
 */
public record FieldDescription(
    String name,
    String label,
    String type,
    int length,
    int precision,
    int scale,
    int digits,
    boolean nillable,
    boolean createable,
    boolean updateable,
    boolean defaultedOnCreate,
    boolean calculated,
    boolean externalId,
    boolean idLookup,
    boolean unique,
    boolean caseSensitive,
    boolean filterable,
    boolean restrictedPicklist,
    List<PicklistValue> picklistValues,
    List<String> referenceTo,
    @Nullable String relationshipName,
    @Nullable String controllerName) {

  public FieldDescription {
    picklistValues = List.copyOf(picklistValues);
    referenceTo = List.copyOf(referenceTo);
  }

  /**
   * A value that a picklist offers.
   *
   * @param value what the API takes
   * @param label what people see
   * @param active whether new records may have it
   */
  public record PicklistValue(String value, String label, boolean active) {}

  /** Whether a new record needs a value that Salesforce does not supply itself. */
  public boolean requiredOnCreate() {
    return createable && !nillable && !defaultedOnCreate;
  }
}
