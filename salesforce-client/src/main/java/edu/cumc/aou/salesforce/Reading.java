package edu.cumc.aou.salesforce;

/**
 * Queries that ask a permit meanwhile; an exception from it ends them and reaches the caller
 * unchanged.
 */
public interface Reading {

  /** As {@link Salesforce#query}. */
  RecordCursor query(String soql);

  /** As {@link Salesforce#queryAll}. */
  RecordCursor queryAll(String soql);

  /** As {@link edu.cumc.aou.salesforce.bulk.Bulk#query}, by a job. */
  RecordCursor queryByJob(String soql);

  /** As {@link edu.cumc.aou.salesforce.bulk.Bulk#queryAll}, by a job. */
  RecordCursor queryAllByJob(String soql);
}
