package edu.cumc.aou.sync.model;

import java.util.regex.Pattern;

/**
 * The API name of a Salesforce field, e.g. {@code HP_PMI_ID__c}. Compared as written: names from
 * configuration take the case of describe when the mapping is bound, because Bulk results drop
 * columns whose case differs. Not personal data.
 */
public record FieldName(String value) implements Comparable<FieldName> {

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  /**
   * Throws {@link IllegalArgumentException} unless the value is a letter followed by letters,
   * digits and underscores.
   */
  public FieldName {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("malformed field name: " + value);
    }
  }

  @Override
  public int compareTo(FieldName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
