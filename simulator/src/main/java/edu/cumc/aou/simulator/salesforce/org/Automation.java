package edu.cumc.aou.simulator.salesforce.org;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import java.util.List;

/**
 * What triggers and flows of the org do when the API has written something: change the record,
 * create others, refuse it, or refuse all that was written with it. Runs in the thread of the
 * request, while the org does nothing else; it must not call the simulator itself.
 *
 * <pre>{@code
 * SalesforceSimulator.builder().automation(record -> record.set("Department", "Enrolled"))
 * }</pre>
 */
@FunctionalInterface
public interface Automation {
  /**
   * Looks at a record that was created or changed, by any API and before the caller learns of it.
   * It does not look again at what this writes.
   *
   * @param record the record as it is now
   * @throws Refusal to refuse the record: nothing of it is written, those beside it are not
   *     affected
   */
  void afterSave(SavedRecord record);

  /**
   * Looks at the batch of a trigger: the records of a Collections call, or 200 rows of a job.
   *
   * @param records how many of them were created or changed
   * @throws Refusal to refuse all of them, as when a trigger exceeds a limit: none is written
   */
  default void afterChunk(int records) {}

  /** Why the org refuses what was written. */
  final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String errorCode;
    private final transient List<String> fields;

    /**
     * With an error as the caller of the API sees it.
     *
     * @param errorCode the code, such as {@code FIELD_CUSTOM_VALIDATION_EXCEPTION}
     * @param message its text
     * @param fields the fields that it blames
     */
    public Refusal(String errorCode, String message, String... fields) {
      super(message);
      this.errorCode = errorCode;
      this.fields = List.of(fields);
    }

    ApiException asError() {
      return ApiException.ofRecord(
          400, errorCode, String.valueOf(getMessage()), fields.toArray(String[]::new));
    }
  }
}
