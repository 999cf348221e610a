package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.RawAnswer;
import edu.cumc.aou.salesforce.RawRequest;
import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.sync.port.RowResult;
import edu.cumc.aou.sync.port.WriteJournal;
import edu.cumc.aou.sync.port.WriteOutcome;
import edu.cumc.aou.sync.port.WriteOutcome.NotWritten;
import edu.cumc.aou.sync.port.WriteOutcome.Refused;
import edu.cumc.aou.sync.port.WriteOutcome.Written;
import edu.cumc.aou.sync.port.WriteRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Puts records into the recycle bin and takes them out. A record that must be untouched goes by a
 * call of its own, which Salesforce refuses if the record has changed since; others go by calls of
 * many.
 */
final class BinWriter {

  /** A locked record gets this many tries. */
  private static final int PASSES = 3;

  private static final int PRECONDITION_FAILED = 412;

  private final Salesforce salesforce;
  private final ReadObject object;
  private final WriteJournal journal;

  BinWriter(Salesforce salesforce, ReadObject object, WriteJournal journal) {
    this.salesforce = salesforce;
    this.object = object;
    this.journal = journal;
  }

  void delete(Iterator<WriteRow> rows) {
    while (rows.hasNext()) {
      List<WriteRow> many = new ArrayList<>();
      while (many.size() < Salesforce.MAX_COLLECTION && rows.hasNext()) {
        WriteRow row = rows.next();
        if (row.untouchedSince() == null) {
          many.add(row);
        } else {
          deleteUntouched(row, row.untouchedSince());
        }
      }
      inPasses(many, ids -> salesforce.deleteAll(ids));
    }
  }

  void restore(Iterator<WriteRow> rows) {
    while (rows.hasNext()) {
      List<WriteRow> many = new ArrayList<>();
      while (many.size() < Salesforce.MAX_COLLECTION && rows.hasNext()) {
        many.add(rows.next());
      }
      inPasses(many, this::undelete);
    }
  }

  private void deleteUntouched(WriteRow row, Instant since) {
    journal.toWrite();
    journal.sending(List.of(row.key()));
    for (int pass = 1; ; pass++) {
      WriteOutcome outcome = deletedUntouched(row, since, pass == PASSES);
      if (!(outcome instanceof NotWritten unwritten) || !unwritten.goesAgain()) {
        journal.outcomes(List.of(new RowResult(row.key(), outcome)));
        return;
      }
      journal.toWrite();
    }
  }

  private WriteOutcome deletedUntouched(WriteRow row, Instant since, boolean isLast) {
    try {
      RawAnswer unused =
          salesforce.send(
              RawRequest.delete("sobjects/" + object.object() + "/" + row.key())
                  .header(
                      "If-Unmodified-Since",
                      DateTimeFormatter.RFC_1123_DATE_TIME.format(since.atOffset(ZoneOffset.UTC))));
      return new Written(row.key(), false, false);
    } catch (SalesforceException e) {
      if (e.status().orElse(0) == PRECONDITION_FAILED) {
        return new Refused(WriteOutcome.TOUCHED_SINCE, List.of());
      }
      if (e.kind() == Kind.NOT_FOUND || e.errorCode().equals("ENTITY_IS_DELETED")) {
        // By us if an earlier attempt lost its answer, otherwise by another user just now.
        return new Written(row.key(), false, true);
      }
      if (e.errorCode().equals("UNABLE_TO_LOCK_ROW")) {
        return new NotWritten(e.errorCode(), e.fields(), !isLast);
      }
      if (e.kind() == Kind.REJECTED) {
        return new Refused(e.errorCode(), e.fields());
      }
      throw CrmFaults.translated(e);
    }
  }

  /** A call for many records. */
  private interface Many {
    List<SaveResult> send(List<String> ids);
  }

  private void inPasses(List<WriteRow> rows, Many call) {
    List<String> open = rows.stream().map(WriteRow::key).toList();
    for (int pass = 1; pass <= PASSES && !open.isEmpty(); pass++) {
      List<String> sent = open;
      journal.toWrite();
      journal.sending(sent);
      List<SaveResult> results = CrmFaults.call(() -> call.send(sent));
      List<RowResult> told = new ArrayList<>();
      List<String> again = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        WriteOutcome outcome = outcome(sent.get(i), results.get(i), pass == PASSES);
        told.add(new RowResult(sent.get(i), outcome));
        if (outcome instanceof NotWritten unwritten && unwritten.goesAgain()) {
          again.add(sent.get(i));
        }
      }
      journal.outcomes(told);
      open = again;
    }
  }

  private static WriteOutcome outcome(String id, SaveResult result, boolean isLast) {
    if (result instanceof SaveResult.Refused refused) {
      RecordError error = refused.errors().get(0);
      return error.transientCause()
          ? new NotWritten(error.code(), error.fields(), !isLast)
          : new Refused(error.code(), error.fields());
    }
    return new Written(id, false, false);
  }

  /** If it is not in the bin, an attempt with a lost answer may have taken it out. */
  private List<SaveResult> undelete(List<String> ids) {
    List<SaveResult> results = new ArrayList<>(salesforce.undeleteAll(ids));
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (results.get(i) instanceof SaveResult.Refused) {
        refused.add(ids.get(i));
      }
    }
    if (!refused.isEmpty()) {
      List<Optional<SalesforceRecord>> there =
          salesforce.retrieve(object.object(), refused, List.of(ReadObject.ID));
      for (int i = 0; i < refused.size(); i++) {
        if (there.get(i).isPresent()) {
          results.set(ids.indexOf(refused.get(i)), new SaveResult.Saved(refused.get(i), false));
        }
      }
    }
    return results;
  }
}
