package edu.cumc.aou.salesforce;

import java.util.List;

/**
 * Why Salesforce refused a record. Its message is left out: messages quote values.
 *
 * @param code such as {@code STRING_TOO_LONG}; {@code UNRECOGNISED} when there was none to read
 * @param fields the API names it blames; may be empty
 * @param transientCause whether the same write may work a little later, such as after {@code
 *     UNABLE_TO_LOCK_ROW}
 */
public record RecordError(String code, List<String> fields, boolean transientCause) {
  public RecordError {
    fields = List.copyOf(fields);
  }
}
