package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FieldValues;

/**
 * One record to write.
 *
 * @param key the PMI ID of a Contact that is created, the id of a record that is updated; no key is
 *     there twice in a write
 * @param values what to set; a blank value clears its field
 */
public record WriteRow(String key, FieldValues values) {

  /** Without values. */
  @Override
  public String toString() {
    return "WriteRow[" + values.asMap().keySet() + "]";
  }
}
