package edu.cumc.aou.sync.model;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What describe says of one field.
 *
 * @param length the most characters that a text may have; 0 where the kind has no length
 * @param createable whether the logged-in user may set it on a new record
 * @param updateable whether the logged-in user may change it
 * @param required whether a new record needs a value that Salesforce does not supply itself
 * @param externalId whether it is marked as an external id
 * @param unique whether Salesforce refuses the same value twice
 * @param restricted whether only the listed picklist values are accepted
 * @param picklistValues the active values; empty for other kinds
 * @param size which numbers it holds; meaningless for other kinds
 * @param controller the field on which the values of a dependent picklist depend; empty text if it
 *     depends on none
 */
public record FieldInfo(
    FieldName name,
    FieldKind kind,
    int length,
    boolean createable,
    boolean updateable,
    boolean required,
    boolean externalId,
    boolean unique,
    boolean restricted,
    Set<String> picklistValues,
    NumberSize size,
    String controller) {

  public FieldInfo {
    // Sorted, so that the same field gives the same text in every process.
    picklistValues = Collections.unmodifiableSortedSet(new TreeSet<>(picklistValues));
  }

  /** A field that is no number, or has an unknown size. */
  public FieldInfo(
      FieldName name,
      FieldKind kind,
      int length,
      boolean createable,
      boolean updateable,
      boolean required,
      boolean externalId,
      boolean unique,
      boolean restricted,
      Set<String> picklistValues) {
    this(
        name,
        kind,
        length,
        createable,
        updateable,
        required,
        externalId,
        unique,
        restricted,
        picklistValues,
        NumberSize.ANY);
  }

  /** A field that depends on no other. */
  public FieldInfo(
      FieldName name,
      FieldKind kind,
      int length,
      boolean createable,
      boolean updateable,
      boolean required,
      boolean externalId,
      boolean unique,
      boolean restricted,
      Set<String> picklistValues,
      NumberSize size) {
    this(
        name,
        kind,
        length,
        createable,
        updateable,
        required,
        externalId,
        unique,
        restricted,
        picklistValues,
        size,
        "");
  }

  /** Whether an upsert on this field never creates a second record. */
  public boolean isUniqueExternalId() {
    return externalId && unique;
  }
}
