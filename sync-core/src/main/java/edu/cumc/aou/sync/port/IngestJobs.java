package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ingest jobs: many records in one go, written by the CRM in its own time. A job is created, gets
 * its rows, is completed, and only then does the CRM write. Whoever keeps the id of a job can ask
 * what became of it after a crash. Part of {@link Crm}, whose contract and exceptions hold here
 * too.
 */
public interface IngestJobs {

  /** What a job does with its rows. */
  enum Operation {
    /** Creates Contacts; must not be repeated while the outcome is not known. */
    CREATE,
    /** Creates or updates Contacts by their PMI ID; may be repeated. */
    UPSERT_BY_PMI_ID,
    /** Updates records by id; may be repeated. */
    UPDATE;

    /** Whether the same rows may be sent again although they may have arrived. */
    public boolean isRepeatable() {
      return this != CREATE;
    }
  }

  /**
   * What a job is for.
   *
   * @param fields all fields that its rows set; a row may leave some of them alone
   */
  record Order(CrmObject object, Operation operation, Set<FieldName> fields) {
    public Order {
      fields = Set.copyOf(fields);
    }
  }

  /**
   * One record to write.
   *
   * @param key the PMI ID for CREATE and UPSERT_BY_PMI_ID, the record's id for UPDATE; no key
   *     stands in a job twice
   * @param values a blank one clears the field
   */
  record Row(String key, FieldValues values) {

    /** Without values. */
    @Override
    public String toString() {
      return "Row[" + values.asMap().keySet() + "]";
    }
  }

  /** How far a job has come. */
  enum Stage {
    /** It waits for its rows or for its completion; nothing is written. */
    OPEN,
    /** The CRM has not finished. */
    UNDER_WAY,
    /** Nothing will be written any more; the results can be read. */
    OVER,
    /** Broken off; what was written before stays, and the results can be read. */
    ABORTED,
    /** The CRM does not know it, or no longer. */
    GONE
  }

  /**
   * A job as the CRM describes it.
   *
   * @param processed rows that were tried
   * @param problem the code of what ended the job as a whole; null if nothing did
   */
  record Progress(Stage stage, long processed, @Nullable String problem) {}

  /**
   * What became of one row.
   *
   * @param key as in {@link Row}
   * @param result with the record's id as text; a row that the job did not come to is refused with
   *     {@code again}
   */
  record RowResult(String key, WriteResult<String> result) {

    /** Without ids. */
    @Override
    public String toString() {
      return "RowResult[" + result.getClass().getSimpleName() + "]";
    }
  }

  /**
   * Makes a job that waits for its rows. One whose answer is lost holds no rows and does nothing.
   */
  JobId create(Order order);

  /**
   * Gives a job its rows, once.
   *
   * @throws LostAnswerException when nobody knows whether they arrived: nothing is written; abort
   *     the job
   */
  void upload(JobId job, Order order, List<Row> rows);

  /** Lets the CRM begin to write. May be repeated. */
  Progress complete(JobId job);

  /** How the job stands. One call. */
  Progress progress(JobId job);

  /** Waits at most so long for the end of a job; asks at growing intervals. */
  Progress await(JobId job, Duration atMost);

  /** Breaks a job off unless it is over, and says how it stands. */
  Progress abort(JobId job);

  /**
   * What became of the rows of a job that is over or aborted, in no particular order, in constant
   * memory. The caller closes the cursor.
   */
  Cursor<RowResult> results(JobId job, CrmObject object, Operation operation);
}
