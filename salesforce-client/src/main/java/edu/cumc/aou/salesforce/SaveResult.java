package edu.cumc.aou.salesforce;

import java.util.List;

/** The result for one record of a write. */
public sealed interface SaveResult {

  /**
   * The record is as requested.
   *
   * @param id its id, 18 characters
   * @param created whether it is new
   */
  record Saved(String id, boolean created) implements SaveResult {
    @Override
    public String toString() {
      return "Saved[created=" + created + "]";
    }
  }

  /**
   * Nothing was written.
   *
   * @param errors why; at least one
   */
  record Refused(List<RecordError> errors) implements SaveResult {
    public Refused {
      errors = List.copyOf(errors);
      if (errors.isEmpty()) {
        throw new IllegalArgumentException("a refusal needs an error");
      }
    }
  }
}
