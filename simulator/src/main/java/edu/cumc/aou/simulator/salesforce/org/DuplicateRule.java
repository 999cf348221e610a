package edu.cumc.aou.simulator.salesforce.org;

import java.util.List;

/**
 * A rule by which the org finds that a new or changed Contact is one it has. Immutable.
 *
 * @param name the rule's name, such as {@code Contacts_DR}
 * @param fields the fields that must all have the same value in both, whatever its case; a Contact
 *     that lacks one of them is nobody's duplicate
 * @param blocks whether duplicates are always refused, rather than unless the caller allows them by
 *     {@code Sforce-Duplicate-Rule-Header: allowSave=true}, which bulk jobs cannot
 */
public record DuplicateRule(String name, List<String> fields, boolean blocks) {
  /**
   * Checks the rule.
   *
   * @throws IllegalArgumentException if it has no fields
   */
  public DuplicateRule {
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("fields is empty");
    }
  }
}
