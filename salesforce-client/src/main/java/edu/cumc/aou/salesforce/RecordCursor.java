package edu.cumc.aou.salesforce;

import java.util.Iterator;

/**
 * The records of a query, fetched page by page as needed, with one page in memory. The caller that
 * opened it closes it. Not thread-safe.
 *
 * <p>{@code hasNext} and {@code next} throw {@link SalesforceException} as any call does, and
 * PROTOCOL at the end if fewer or more records came than the first page announced.
 */
public interface RecordCursor extends Iterator<SalesforceRecord>, AutoCloseable {

  /** How many records the query has altogether, as its first page announced. */
  long totalSize();

  /** Drops what is in memory; may be called twice. Salesforce forgets the query by itself. */
  @Override
  void close();
}
