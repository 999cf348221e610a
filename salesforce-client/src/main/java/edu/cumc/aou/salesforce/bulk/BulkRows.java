package edu.cumc.aou.salesforce.bulk;

import java.util.Iterator;

/**
 * Rows of a job's results, read as they arrive, in constant memory and in no particular order. The
 * caller that opened it closes it. Not thread-safe.
 *
 * <p>{@code hasNext} and {@code next} throw {@link edu.cumc.aou.salesforce.SalesforceException}:
 * UNAVAILABLE if the connection breaks and does not come back, PROTOCOL if the file is no such
 * result, or has fewer or more rows than the job counted. A broken download continues where it
 * broke.
 */
public interface BulkRows extends Iterator<BulkRow>, AutoCloseable {

  /** Ends the download; may be called twice. */
  @Override
  void close();
}
