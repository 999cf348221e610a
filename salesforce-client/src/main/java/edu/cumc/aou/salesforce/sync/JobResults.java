package edu.cumc.aou.salesforce.sync;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkRow;
import edu.cumc.aou.salesforce.bulk.BulkRows;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.IngestJobs.RowResult;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The three result files of a job, one after the other, each opened when it is come to. */
final class JobResults implements Cursor<RowResult> {

  /** In which of the files a row stands. */
  enum File {
    SUCCESSFUL,
    FAILED,
    UNPROCESSED
  }

  /** A row, and where it stands. */
  record Answer(File file, BulkRow row) {}

  private final Bulk bulk;
  private final String job;
  private final Function<Answer, RowResult> read;
  private int next;
  private File file = File.SUCCESSFUL;
  private @Nullable BulkRows rows;

  JobResults(Bulk bulk, String job, Function<Answer, RowResult> read) {
    this.bulk = bulk;
    this.job = job;
    this.read = read;
  }

  @Override
  public boolean hasNext() {
    try {
      while (true) {
        BulkRows open = rows;
        if (open != null && open.hasNext()) {
          return true;
        }
        close();
        if (next == File.values().length) {
          return false;
        }
        file = File.values()[next++];
        rows =
            switch (file) {
              case SUCCESSFUL -> bulk.successful(job);
              case FAILED -> bulk.failed(job);
              case UNPROCESSED -> bulk.unprocessed(job);
            };
      }
    } catch (SalesforceException e) {
      throw Translation.translated(e);
    }
  }

  @Override
  public RowResult next() {
    BulkRows open = hasNext() ? rows : null;
    if (open == null) {
      throw new NoSuchElementException();
    }
    try {
      return read.apply(new Answer(file, open.next()));
    } catch (SalesforceException e) {
      throw Translation.translated(e);
    }
  }

  @Override
  public void close() {
    BulkRows open = rows;
    rows = null;
    if (open != null) {
      open.close();
    }
  }
}
