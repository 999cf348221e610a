package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.Reading;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.Soql;

/**
 * Reads by REST, or by a Bulk job if there are many records.
 *
 * @param bulkFrom from this many records on, a job reads them
 */
record QueryRoad(Reading reading, long bulkFrom) {

  RecordCursor read(Soql query, boolean withDeleted) {
    return read(query, withDeleted, 0);
  }

  /**
   * Chooses by the number of records: it is known beforehand, or the first page tells it.
   *
   * @param many how many records there are at least, as far as it is known
   */
  RecordCursor read(Soql query, boolean withDeleted, long many) {
    if (many >= bulkFrom) {
      return byJob(query, withDeleted);
    }
    RecordCursor pages = withDeleted ? reading.queryAll(query.text()) : reading.query(query.text());
    if (pages.totalSize() < bulkFrom) {
      return pages;
    }
    pages.close();
    return byJob(query, withDeleted);
  }

  private RecordCursor byJob(Soql query, boolean withDeleted) {
    return withDeleted ? reading.queryAllByJob(query.text()) : reading.queryByJob(query.text());
  }
}
