package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.LoadOutcome.NotWritten;
import edu.cumc.aou.salesforce.load.LoadOutcome.Refused;
import edu.cumc.aou.salesforce.load.LoadOutcome.Saved;
import edu.cumc.aou.salesforce.load.LoadOutcome.Unknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * New records that a duplicate rule of the org refused. Answers of Collections and jobs do not name
 * the similar records, so these rows go once more at the end of the load, each as a request of its
 * own. For one load.
 */
final class Duplicates {

  /** At most this many go once more; if a rule refuses more, the rule needs mending. */
  private static final int MOST = 500;

  /** This many requests go in one call. */
  private static final int CALL = 25;

  private final LoadOrder order;
  private final LoadCalls calls;
  private final Book book;
  private final RowForm form;
  private final LostAnswers lost;
  private final List<Row> open = new ArrayList<>();
  private int taken;
  private Instant sentAt = Instant.MIN;

  Duplicates(LoadOrder order, LoadCalls calls, Book book, RowForm form, LostAnswers lost) {
    this.order = order;
    this.calls = calls;
    this.book = book;
    this.form = form;
    this.lost = lost;
  }

  private record Row(LoadRow row, List<String> fields) {
    Refused refused() {
      return new Refused(RecordError.DUPLICATES, fields);
    }
  }

  /**
   * Whether a refused row goes once more; then it is kept here, and must be reported as going
   * again.
   *
   * @param matches those that its answer named
   */
  boolean takes(LoadRow row, String code, List<String> fields, List<String> matches) {
    boolean creates =
        order.ingest().operation() == BulkOperation.INSERT
            || order.ingest().operation() == BulkOperation.UPSERT;
    if (!creates
        || !order.isByCalls()
        || !code.equals(RecordError.DUPLICATES)
        || !matches.isEmpty()
        || taken >= MOST) {
      return false;
    }
    taken++;
    open.add(new Row(row, fields));
    return true;
  }

  /**
   * Sends them once more, and reports the results.
   *
   * @throws SalesforceException what ended the load; every row has an outcome
   */
  void learn() {
    List<Row> rows = List.copyOf(open);
    open.clear();
    for (int from = 0; from < rows.size(); from += CALL) {
      List<Row> part = rows.subList(from, Math.min(rows.size(), from + CALL));
      try {
        send(part);
      } catch (SalesforceException e) {
        List<Row> unsent = rows.subList(from + part.size(), rows.size());
        refuse(unsent);
        if (e.answerLost()) {
          settle(part, e);
        } else {
          refuse(part);
          if (e.kind() != Kind.REJECTED && e.kind() != Kind.NOT_FOUND) {
            throw e;
          }
        }
        return;
      }
    }
  }

  private void refuse(List<Row> rows) {
    book.tell(rows.stream().map(r -> new RowOutcome(r.row().key(), r.refused())).toList());
  }

  /** Asks which records of a call without a good answer exist. The others are refused as before. */
  private void settle(List<Row> part, SalesforceException failure) {
    List<LoadRow> rows = part.stream().map(Row::row).toList();
    if (order.isRepeatable() || !LostAnswers.isInside(failure)) {
      book.tellAll(rows, new Unknown(LoadOutcome.ANSWER_LOST));
      throw failure;
    }
    List<LoadRow> missing;
    try {
      missing = lost.missing(rows, failure.isAnswered() ? null : sentAt);
    } catch (SalesforceException e) {
      book.tellAll(lost.unsettled(rows), new Unknown(LoadOutcome.ANSWER_LOST));
      throw e;
    }
    refuse(part.stream().filter(r -> missing.contains(r.row())).toList());
  }

  private void send(List<Row> part) {
    lost.beforeCreates();
    calls.askToWrite();
    book.journal().sending(part.stream().map(Row::row).toList());
    List<Object> records = new ArrayList<>();
    part.forEach(r -> records.add(form.forCall(r.row()).record()));
    calls.noteRepeat();
    sentAt = calls.now();
    LoadCalls.Answer answer = calls.sendEach(order, records);
    List<RowOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < part.size(); i++) {
      outcomes.add(new RowOutcome(part.get(i).row().key(), outcome(part.get(i), answer, i)));
    }
    book.tell(outcomes);
  }

  private static LoadOutcome outcome(Row row, LoadCalls.Answer answer, int place) {
    SaveResult result = answer.results().get(place);
    if (result instanceof SaveResult.Saved saved) {
      return new Saved(saved.id(), saved.created(), answer.repeated());
    }
    if (!(result instanceof SaveResult.Refused refused)) {
      return row.refused();
    }
    RecordError first = refused.errors().get(0);
    List<String> fields =
        refused.errors().stream().flatMap(e -> e.fields().stream()).distinct().toList();
    return refused.errors().stream().allMatch(RecordError::transientCause)
        ? new NotWritten(first.code(), fields, false)
        : new Refused(first.code(), fields, matches(refused));
  }

  /** All records that a refusal names. */
  static List<String> matches(SaveResult.Refused refused) {
    return refused.errors().stream().flatMap(e -> e.matches().stream()).distinct().toList();
  }
}
