package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FieldValues;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record to write.
 *
 * @param key the PMI ID of a Contact to create, or the id of an existing record; each key occurs
 *     once in a write
 * @param values what to set; a blank value clears its field
 * @param untouchedSince for a deletion: a change of the record after this moment, by the CRM's
 *     clock, prevents it; null to delete anyway
 */
public record WriteRow(String key, FieldValues values, @Nullable Instant untouchedSince) {

  /** A row that is written regardless of changes meanwhile. */
  public WriteRow(String key, FieldValues values) {
    this(key, values, null);
  }

  @Override
  public String toString() {
    return "WriteRow[" + values.asMap().keySet() + "]";
  }
}
