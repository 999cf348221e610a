package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.SourceRow;

/**
 * A row with the key that orders its relation.
 *
 * @param key the canonical key as the database computed it (white space removed, upper case); empty
 *     for NULL
 */
public record KeyedRow(String key, SourceRow row) {

  @Override
  public String toString() {
    return "KeyedRow[hidden]";
  }
}
