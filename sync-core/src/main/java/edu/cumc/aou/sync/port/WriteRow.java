package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FieldValues;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record to write.
 *
 * @param key the PMI ID of a Contact that is created, the id of a record that is updated; no key is
 *     there twice in a write
 * @param values what to set; a blank value clears its field
 * @param untouchedSince of a deletion: by the CRM's clock, after which moment a change of the
 *     record refuses it; null if none does
 */
public record WriteRow(String key, FieldValues values, @Nullable Instant untouchedSince) {

  /** Whose record is written whatever was changed meanwhile. */
  public WriteRow(String key, FieldValues values) {
    this(key, values, null);
  }

  /** Without values. */
  @Override
  public String toString() {
    return "WriteRow[" + values.asMap().keySet() + "]";
  }
}
