package edu.cumc.aou.salesforce;

/** Queries that ask a permit meanwhile; what it throws ends them and comes out as it is. */
public interface Reading {

  /** As {@link Salesforce#query}. */
  RecordCursor query(String soql);

  /** As {@link Salesforce#queryAll}. */
  RecordCursor queryAll(String soql);

  /** As {@link edu.cumc.aou.salesforce.bulk.Bulk#query}: by a job. */
  RecordCursor queryByJob(String soql);

  /** As {@link edu.cumc.aou.salesforce.bulk.Bulk#queryAll}: by a job. */
  RecordCursor queryAllByJob(String soql);
}
