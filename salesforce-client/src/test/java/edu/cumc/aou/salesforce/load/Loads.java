package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads of records that hold their key like any other value. */
public final class Loads {

  private Loads() {}

  /** The record as a row. */
  public static LoadRow row(String keyColumn, Map<String, ? extends @Nullable Object> record) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(record);
    Object key = values.remove(keyColumn);
    return new LoadRow(key == null ? "" : key.toString(), values);
  }

  /** Writes the records. */
  public static <M extends Map<String, ? extends @Nullable Object>> LoadReport load(
      Salesforce salesforce,
      BulkIngest ingest,
      String keyColumn,
      List<M> records,
      LoadSettings settings) {
    return salesforce
        .loader()
        .load(
            new LoadOrder(ingest, keyColumn, settings),
            records.stream().map(r -> row(keyColumn, r)).toList());
  }
}
