package edu.cumc.aou.salesforce.internal;

import edu.cumc.aou.salesforce.Reading;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.internal.bulk.BulkJobs;
import edu.cumc.aou.salesforce.internal.rest.Queries;

/** {@link Reading} over REST. */
final class RestReading implements Reading {

  private final Queries queries;
  private final BulkJobs bulk;

  RestReading(Queries queries, BulkJobs bulk) {
    this.queries = queries;
    this.bulk = bulk;
  }

  @Override
  public RecordCursor query(String soql) {
    return queries.rows(soql);
  }

  @Override
  public RecordCursor queryAll(String soql) {
    return queries.rowsAndDeleted(soql);
  }

  @Override
  public RecordCursor queryByJob(String soql) {
    return bulk.query(soql);
  }

  @Override
  public RecordCursor queryAllByJob(String soql) {
    return bulk.queryAll(soql);
  }
}
