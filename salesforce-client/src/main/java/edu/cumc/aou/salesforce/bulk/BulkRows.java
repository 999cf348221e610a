package edu.cumc.aou.salesforce.bulk;

import java.util.Iterator;

/**
 * Rows of a job's results, read as they arrive, in constant memory. In no particular order. Whoever
 * opened it closes it. Not thread-safe.
 *
 * <p>{@code hasNext} and {@code next} throw {@link edu.cumc.aou.salesforce.SalesforceException}:
 * UNAVAILABLE when the connection breaks and does not come back, PROTOCOL when the file is no such
 * result, or ends with fewer or more rows than the job has counted. A connection that breaks is
 * taken up again where it broke.
 */
public interface BulkRows extends Iterator<BulkRow>, AutoCloseable {

  /** Ends the download; may be called twice. */
  @Override
  void close();
}
