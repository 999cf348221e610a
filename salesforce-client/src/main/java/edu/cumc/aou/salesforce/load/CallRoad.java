package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.load.LoadOutcome.NotWritten;
import edu.cumc.aou.salesforce.load.LoadOutcome.Refused;
import edu.cumc.aou.salesforce.load.LoadOutcome.Saved;
import edu.cumc.aou.salesforce.load.LoadOutcome.Unknown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows by calls of a few, and gives each its outcome. If Salesforce fails internally, the
 * failed part of the call goes to {@link Culprits}; rows that met a lock are handed back. For one
 * load.
 */
final class CallRoad {

  /** A call's body may have 6 MB, including the names and quotes of the fields. */
  private static final long MOST_BYTES = 4_000_000;

  private final LoadOrder order;
  private final LoadCalls calls;
  private final Book book;
  private final RowForm form;
  private final LostAnswers lost;
  private final Culprits culprits;
  private final Duplicates duplicates;

  CallRoad(
      LoadOrder order,
      LoadCalls calls,
      Book book,
      RowForm form,
      LostAnswers lost,
      Duplicates duplicates) {
    this.duplicates = duplicates;
    this.order = order;
    this.calls = calls;
    this.book = book;
    this.form = form;
    this.lost = lost;
    this.culprits = new Culprits(order, calls, book, lost, this::attempt);
  }

  /** A row that may be accepted a little later. */
  record Locked(LoadRow row, String code, List<String> fields) {}

  /**
   * Writes all of them.
   *
   * @param size the most rows of a call
   * @return those that met a lock, without an outcome yet
   * @throws SalesforceException what ended the load; every row has an outcome
   */
  List<Locked> write(List<LoadRow> rows, int size) {
    List<Locked> locked = new ArrayList<>();
    Deque<RowForm.Parcel> open = new ArrayDeque<>();
    for (LoadRow row : rows) {
      RowForm.Parcel parcel = form.forCall(row);
      Refused unfit = parcel.unfit();
      if (unfit == null) {
        open.add(parcel);
      } else {
        book.tell(row, unfit);
      }
    }
    while (!open.isEmpty()) {
      locked.addAll(writePart(next(open, Math.min(size, Salesforce.MAX_COLLECTION))));
    }
    return locked;
  }

  /** The next rows that fit into one call, without a repeated key. */
  private static List<RowForm.Parcel> next(Deque<RowForm.Parcel> open, int size) {
    List<RowForm.Parcel> part = new ArrayList<>();
    List<RowForm.Parcel> twice = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    long bytes = 0;
    while (!open.isEmpty() && part.size() < size) {
      bytes += RowForm.sizeInCall(open.element().row());
      if (bytes > MOST_BYTES && !part.isEmpty()) {
        break;
      }
      RowForm.Parcel parcel = open.remove();
      (keys.add(parcel.row().key()) ? part : twice).add(parcel);
    }
    for (int i = twice.size() - 1; i >= 0; i--) {
      open.addFirst(twice.get(i));
    }
    return part;
  }

  private List<Locked> writePart(List<RowForm.Parcel> part) {
    lost.beforeCreates();
    calls.askToWrite();
    book.journal().sending(part.stream().map(RowForm.Parcel::row).toList());
    List<Locked> locked = new ArrayList<>();
    List<RowForm.Parcel> rest = part;
    while (!rest.isEmpty()) {
      Sent sent = attempt(rest);
      locked.addAll(sent.locked());
      LoadCalls.Broken broken = sent.broken();
      if (broken == null) {
        return locked;
      }
      List<RowForm.Parcel> hit = rest.subList(broken.from(), broken.to());
      List<RowForm.Parcel> unsent = rest.subList(broken.to(), rest.size());
      if (!LostAnswers.isInside(broken.failure())) {
        end(hit, unsent, broken.failure());
      }
      try {
        locked.addAll(culprits.singleOut(hit, broken));
      } catch (SalesforceException e) {
        book.tellAll(rows(unsent), new NotWritten(LoadOutcome.NOT_PROCESSED, List.of(), true));
        throw e;
      }
      rest = unsent;
    }
    return locked;
  }

  private void end(
      List<RowForm.Parcel> hit, List<RowForm.Parcel> unsent, SalesforceException failure) {
    LoadOutcome untouched = new NotWritten(LoadOutcome.NOT_PROCESSED, List.of(), true);
    book.tellAll(
        rows(hit), failure.answerLost() ? new Unknown(LoadOutcome.ANSWER_LOST) : untouched);
    book.tellAll(rows(unsent), untouched);
    throw failure;
  }

  static List<LoadRow> rows(List<RowForm.Parcel> parcels) {
    return parcels.stream().map(RowForm.Parcel::row).toList();
  }

  /**
   * The result of one call.
   *
   * @param served whether Salesforce gave an answer for any row
   */
  record Sent(List<Locked> locked, LoadCalls.@Nullable Broken broken, boolean served) {}

  /** Sends one call, and reports what it learns. */
  private Sent attempt(List<RowForm.Parcel> part) {
    List<Object> records = new ArrayList<>();
    part.forEach(p -> records.add(record(p)));
    LoadCalls.Answer answer = calls.send(order, records);
    List<RowOutcome> outcomes = new ArrayList<>();
    List<Locked> locked = new ArrayList<>();
    boolean served = false;
    for (int i = 0; i < part.size(); i++) {
      SaveResult result = answer.results().get(i);
      LoadRow row = part.get(i).row();
      if (result instanceof SaveResult.Saved saved) {
        boolean repeated = answer.repeated() || lost.wasInDoubt(row.key());
        outcomes.add(new RowOutcome(row.key(), new Saved(saved.id(), saved.created(), repeated)));
      } else if (result instanceof SaveResult.Refused refused) {
        RecordError first = refused.errors().get(0);
        List<String> fields =
            refused.errors().stream().flatMap(e -> e.fields().stream()).distinct().toList();
        if (refused.errors().stream().allMatch(RecordError::transientCause)) {
          locked.add(new Locked(row, first.code(), fields));
          outcomes.add(new RowOutcome(row.key(), Book.again(first.code(), fields)));
        } else {
          List<String> matches = Duplicates.matches(refused);
          boolean again = duplicates.takes(row, first.code(), fields, matches);
          outcomes.add(
              new RowOutcome(
                  row.key(),
                  again
                      ? Book.again(first.code(), fields)
                      : new Refused(first.code(), fields, matches)));
        }
      }
      served |= result != null;
    }
    book.tell(outcomes);
    if (served) {
      culprits.served(part.get(0));
    }
    return new Sent(locked, answer.broken(), served);
  }

  private static Object record(RowForm.Parcel parcel) {
    Object record = parcel.record();
    if (record == null) {
      throw new IllegalStateException("a row that cannot travel is not sent");
    }
    return record;
  }

  /**
   * Decides about rows that failed alone, after the load has sent everything else.
   *
   * @return those that met a lock
   */
  List<Locked> finish() {
    return culprits.finish();
  }
}
