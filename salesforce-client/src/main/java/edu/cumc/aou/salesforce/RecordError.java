package edu.cumc.aou.salesforce;

import java.util.List;
import java.util.Set;

/**
 * Why Salesforce refused a record. Its message is left out: messages quote values.
 *
 * @param code such as {@code STRING_TOO_LONG}; {@code UNRECOGNISED} when there was none to read
 * @param fields the API names it blames; may be empty
 * @param transientCause whether the same write may work a little later, such as after {@code
 *     UNABLE_TO_LOCK_ROW}
 * @param matches the ids of the records that a duplicate rule found to be like this one, as far as
 *     the answer names them: that to a single record does, or to one of a composite request, and
 *     those of Collections and jobs do not
 */
public record RecordError(
    String code, List<String> fields, boolean transientCause, List<String> matches) {

  /** The code of a record that a duplicate rule refuses. */
  public static final String DUPLICATES = "DUPLICATES_DETECTED";

  /** The codes of a trigger and of a flow that have failed. */
  private static final Set<String> AUTOMATION =
      Set.of("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "CANNOT_EXECUTE_FLOW_TRIGGER");

  public RecordError {
    fields = List.copyOf(fields);
    matches = List.copyOf(matches);
  }

  /** An error that names no other records. */
  public RecordError(String code, List<String> fields, boolean transientCause) {
    this(code, fields, transientCause, List.of());
  }

  /**
   * Whether a trigger or a flow has failed, for all records that it was given at once: which of
   * them was to blame, or their number, is not said.
   */
  public boolean isOfAutomation() {
    return AUTOMATION.contains(code);
  }

  /** Without ids. */
  @Override
  public String toString() {
    return "RecordError[" + code + fields + "]";
  }
}
