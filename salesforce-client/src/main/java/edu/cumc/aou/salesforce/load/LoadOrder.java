package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a load does with its rows.
 *
 * @param ingest object, operation, external id field and columns
 * @param keyColumn one of the columns, in which each row has a text of its own: for an UPSERT the
 *     external id will do, for an UPDATE or a deletion the {@code Id}. For an INSERT a query must
 *     be able to find records by it, or a lost answer stays unknown
 * @param keyForm what each key looks like; null if that is not known. With it, a record of an
 *     INSERT whose answer was lost is found too where an automation of the org has changed its key,
 *     and its row is not sent once more
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

  /** The same where each key is known to look so. */
  public LoadOrder withKeyForm(Pattern form) {
    return new LoadOrder(ingest, keyColumn, settings, form);
  }

  /** Whether the same row may be sent again although it may have been written. */
  boolean isRepeatable() {
    return ingest.operation() != BulkOperation.INSERT;
  }

  boolean isByCalls() {
    return ingest.operation() != BulkOperation.HARD_DELETE;
  }
}
