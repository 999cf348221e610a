package edu.cumc.aou.salesforce.load;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record to write.
 *
 * @param key the text of the order's key column, unique in the load
 * @param values by column, without the key column; null or empty text clears a field, an absent
 *     column leaves its field alone. Text stays text in a job, and takes the field's own type in a
 *     call
 */
public record LoadRow(String key, Map<String, @Nullable Object> values) {
  public LoadRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Names of columns only. */
  @Override
  public String toString() {
    return "LoadRow" + values.keySet();
  }
}
