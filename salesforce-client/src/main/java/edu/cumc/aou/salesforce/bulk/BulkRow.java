package edu.cumc.aou.salesforce.bulk;

import edu.cumc.aou.salesforce.RecordError;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a job's results.
 *
 * @param recordId the record; empty text if there is none, as for a refused insert or an
 *     unprocessed row
 * @param created whether the record is new
 * @param error why it was refused; null if it was not
 * @param fields the uploaded columns, as Salesforce returns them: numbers may look different, a
 *     cleared field is {@code #N/A}. Unmodifiable
 */
public record BulkRow(
    String recordId, boolean created, @Nullable RecordError error, Map<String, String> fields) {

  /** The uploaded value of a column, in any case; empty if it was blank or missing. */
  public Optional<String> field(String column) {
    String exact = fields.get(column);
    if (exact == null) {
      for (Map.Entry<String, String> entry : fields.entrySet()) {
        if (entry.getKey().equalsIgnoreCase(column)) {
          exact = entry.getValue();
        }
      }
    }
    return Optional.ofNullable(exact).filter(text -> !text.isEmpty());
  }

  /** Names and codes only. */
  @Override
  public String toString() {
    return "BulkRow"
        + fields.keySet()
        + (error == null ? "" : error.code())
        + (created ? " created" : "");
  }
}
