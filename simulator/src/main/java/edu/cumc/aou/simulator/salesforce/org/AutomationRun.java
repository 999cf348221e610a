package edu.cumc.aou.simulator.salesforce.org;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import java.util.Optional;

/** Shows the automation what the API writes, once. Not thread-safe: the org's lock guards it. */
public final class AutomationRun {
  private final Optional<Automation> automation;
  private final Schema schema;
  private boolean running;

  AutomationRun(Optional<Automation> automation, Schema schema) {
    this.automation = automation;
    this.schema = schema;
  }

  /**
   * Shows it a record. Skips what the staff user or the automation itself writes.
   *
   * @throws ApiException if the automation refuses the record
   */
  void saved(RecordWriter writer, Row row, boolean created, String userId) {
    if (automation.isEmpty() || running || !userId.equals(OrgSeed.INTEGRATION_USER)) {
      return;
    }
    running = true;
    try {
      automation.get().afterSave(new SavedRecord(writer, schema, row, created, userId));
    } catch (Automation.Refusal e) {
      throw e.asError();
    } finally {
      running = false;
    }
  }

  /**
   * Shows it how many records were written together.
   *
   * @return why the automation refuses all of them; empty if it does not
   */
  public Optional<ApiException> chunk(int records) {
    if (automation.isPresent() && records > 0) {
      try {
        automation.get().afterChunk(records);
      } catch (Automation.Refusal e) {
        return Optional.of(e.asError());
      }
    }
    return Optional.empty();
  }
}
