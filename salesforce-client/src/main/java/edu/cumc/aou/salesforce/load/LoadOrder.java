package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a load does with its rows.
 *
 * @param ingest object, operation, external id field and columns
 * @param keyColumn a column with a unique text in each row: the external id for an UPSERT, the
 *     {@code Id} for an UPDATE or a deletion. For an INSERT a query must be able to find records by
 *     it, or a lost answer stays unknown
 * @param keyForm the form of each key; null if unknown. With it, the record of an INSERT or UPSERT
 *     with a lost answer is found even if an automation of the org has changed its key, and the row
 *     is not sent again
 */
public record LoadOrder(
    BulkIngest ingest, String keyColumn, LoadSettings settings, @Nullable Pattern keyForm) {
  public LoadOrder {
    if (ingest.columns().stream().noneMatch(keyColumn::equalsIgnoreCase)) {
      throw new IllegalArgumentException("the key column must be one of the columns");
    }
  }

  /** With keys of any form. */
  public LoadOrder(BulkIngest ingest, String keyColumn, LoadSettings settings) {
    this(ingest, keyColumn, settings, null);
  }

  /** With the usual settings. */
  public LoadOrder(BulkIngest ingest, String keyColumn) {
    this(ingest, keyColumn, LoadSettings.DEFAULT);
  }

  /** The same order, with a known form of its keys. */
  public LoadOrder withKeyForm(Pattern form) {
    return new LoadOrder(ingest, keyColumn, settings, form);
  }

  /**
   * Whether a row that may have been written can be sent again without a look at the org. An UPSERT
   * makes a second record if an automation clears or changes keys; the key form finds the first.
   */
  public boolean isRepeatable() {
    return ingest.operation() != BulkOperation.INSERT
        && (ingest.operation() != BulkOperation.UPSERT || keyForm == null);
  }

  boolean isByCalls() {
    return ingest.operation() != BulkOperation.HARD_DELETE;
  }
}
