package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.load.LoadJournal;
import edu.cumc.aou.salesforce.load.LoadOutcome;
import edu.cumc.aou.salesforce.load.LoadRow;
import edu.cumc.aou.salesforce.load.Permit;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.port.RowResult;
import edu.cumc.aou.sync.port.WriteJournal;
import edu.cumc.aou.sync.port.WriteOutcome;
import java.time.Duration;
import java.util.List;

/** Presents the sync's journal as the loader's journal and permit. */
final class JournalOfLoad implements LoadJournal, Permit {

  private final WriteJournal journal;

  JournalOfLoad(WriteJournal journal) {
    this.journal = journal;
  }

  @Override
  public void sending(List<LoadRow> rows) {
    journal.sending(LoadJournal.keys(rows));
  }

  @Override
  public void jobOpened(String jobId, List<LoadRow> rows) {
    journal.jobOpened(new JobId(jobId), LoadJournal.keys(rows));
  }

  @Override
  public void jobStarting(String jobId) {
    journal.jobStarting(new JobId(jobId));
  }

  @Override
  public void jobProgress(String jobId, long processed) {
    journal.jobProgress(new JobId(jobId), processed);
  }

  @Override
  public void jobEnded(String jobId) {
    journal.jobEnded(new JobId(jobId));
  }

  @Override
  public void jobOver(String jobId) {
    journal.jobOver(new JobId(jobId));
  }

  @Override
  public void jobFailed(String jobId, String code) {
    journal.jobFailed(new JobId(jobId), code);
  }

  @Override
  public void outcomes(List<edu.cumc.aou.salesforce.load.RowOutcome> outcomes) {
    journal.outcomes(
        outcomes.stream().map(o -> new RowResult(o.key(), translated(o.outcome()))).toList());
  }

  private static WriteOutcome translated(LoadOutcome outcome) {
    if (outcome instanceof LoadOutcome.Saved saved) {
      return new WriteOutcome.Written(saved.id(), saved.created(), saved.repeated());
    }
    if (outcome instanceof LoadOutcome.Refused refused) {
      String code =
          switch (refused.code()) {
            case LoadOutcome.CREATED_BY_OTHERS -> WriteOutcome.CREATED_SINCE;
            case LoadOutcome.CREATED_WITHOUT_KEY -> WriteOutcome.CREATED_WITHOUT_KEY;
            default -> refused.code();
          };
      return new WriteOutcome.Refused(code, refused.fields(), refused.matches());
    }
    if (outcome instanceof LoadOutcome.NotWritten unwritten) {
      return new WriteOutcome.NotWritten(
          unwritten.code(), unwritten.fields(), unwritten.goesAgain());
    }
    return new WriteOutcome.Unknown(((LoadOutcome.Unknown) outcome).code());
  }

  @Override
  public void toWrite() {
    journal.toWrite();
  }

  @Override
  public void toWait() {
    journal.toWait();
  }

  @Override
  public void toWaitFor(Duration wait) {
    journal.toWaitFor(wait);
  }

  @Override
  public Duration every() {
    return journal.every();
  }
}
