package edu.cumc.aou.salesforce.bulk;

/**
 * The rows of a job, checked and written as CSV, from {@link Bulk#write}. In memory, compressed
 * beyond four megabytes; personal data. May be uploaded more than once, to jobs of the same
 * definition. Thread-safe.
 *
 * @since 0.2.0
 */
public interface BulkFile {

  /** The definition of the job that it fits. */
  BulkIngest ingest();

  /** Its rows, without the header. */
  long rows();

  /** Its bytes, the header included, before any compression. */
  long bytes();
}
