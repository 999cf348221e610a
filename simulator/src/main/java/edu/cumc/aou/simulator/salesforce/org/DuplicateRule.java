package edu.cumc.aou.simulator.salesforce.org;

import java.util.List;

/**
 * A rule that recognises a new or changed Contact as a duplicate. Immutable.
 *
 * @param name the rule's name, such as {@code Contacts_DR}
 * @param fields the fields that must have equal values in both, in any case; a Contact that lacks
 *     one of them is no duplicate
 * @param blocks whether duplicates are always refused. Otherwise the caller can allow them by
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
