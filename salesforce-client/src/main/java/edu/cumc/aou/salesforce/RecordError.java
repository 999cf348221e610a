package edu.cumc.aou.salesforce;

import java.util.List;
import java.util.Set;

/**
 * Why Salesforce refused a record. It leaves out the message, because messages quote values.
 *
 * @param code such as {@code STRING_TOO_LONG}; {@code UNRECOGNISED} if none was readable
 * @param fields the API names that it blames; may be empty
 * @param transientCause whether the same write may work a little later, such as after {@code
 *     UNABLE_TO_LOCK_ROW}
 * @param matches the ids of similar records that a duplicate rule found, if the answer names them.
 *     Answers about a single record or a composite request do; those of Collections and jobs do not
 */
public record RecordError(
    String code, List<String> fields, boolean transientCause, List<String> matches) {

  /** The code when a duplicate rule refuses a record. */
  public static final String DUPLICATES = "DUPLICATES_DETECTED";

  /** The codes of a failed trigger or flow. */
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
   * Whether a trigger or a flow has failed for all records of a call; the answer does not say which
   * of them, or whether their number, was to blame.
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
