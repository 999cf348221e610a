package edu.cumc.aou.salesforce;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields of one record to set.
 *
 * @param id the record, 15 or 18 characters
 * @param fields by API name; null clears a field, an absent field stays as it is
 */
public record RecordUpdate(String id, Map<String, @Nullable Object> fields) {
  public RecordUpdate {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Names only. */
  @Override
  public String toString() {
    return "RecordUpdate" + fields.keySet();
  }
}
