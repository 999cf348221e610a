package edu.cumc.aou.salesforce.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import edu.cumc.aou.salesforce.internal.repeat.Safety;
import edu.cumc.aou.salesforce.internal.repeat.Verdicts;
import edu.cumc.aou.salesforce.internal.wire.ErrorBody;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import edu.cumc.aou.salesforce.load.LoadOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one batch and gives each record its result. One record may make Salesforce refuse the
 * whole call, or make a trigger refuse all the others. It is tracked down by halving the batch,
 * because one bad record must not hold up the rest. One object per batch.
 *
 * @param <T> a record to write
 */
public final class BatchWriter<T> {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

  /**
   * The most extra calls to track down bad records. If that is not enough, nearly every record is
   * bad, and the remaining ones share the verdict on their call.
   */
  private static final int MOST_EXTRA_CALLS = 64;

  /** Refusals of the call that say nothing about a single record. */
  private static final Set<String> OF_THE_CALL =
      Set.of("EXCEEDED_ID_LIMIT", "LIMIT_EXCEEDED", "OPERATION_TOO_LARGE", "MALFORMED_QUERY");

  /** Salesforce, or a gateway before it, accepts no call of this length. */
  private static final int TOO_LONG = 413;

  private final Function<List<T>, List<Wire.@Nullable SaveRow>> send;
  private final Function<T, String> knownId;
  private final Safety safety;
  private final Sort sort;
  private List<T> records = List.of();
  private @Nullable SaveResult[] results = new SaveResult[0];
  private int extraCalls;
  private boolean written;

  /**
   * For one batch.
   *
   * @param knownId the id of a record that has one; otherwise empty text
   */
  BatchWriter(
      Function<List<T>, List<Wire.@Nullable SaveRow>> send,
      Function<T, String> knownId,
      Safety safety,
      Sort sort) {
    this.send = send;
    this.knownId = knownId;
    this.safety = safety;
    this.sort = sort;
  }

  /**
   * The results of the records.
   *
   * @param results in their order; null where unknown
   * @param from the first record of the part that failed
   * @param to after its last one; the records after it were not sent
   * @param failure how it failed; null if no call did
   */
  public record Outcome(
      List<@Nullable SaveResult> results,
      int from,
      int to,
      @Nullable SalesforceException failure) {}

  /** What a batch does with its records. */
  enum Sort {
    CREATE,
    UPDATE,
    UPSERT,
    DELETE
  }

  /** One call failed. */
  private static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int from;
    private final int to;
    private final transient SalesforceException failure;

    BrokenException(int from, int to, SalesforceException failure) {
      super("a call failed");
      this.from = from;
      this.to = to;
      this.failure = failure;
    }
  }

  /** Writes all of them, or throws the failure that prevented some. */
  List<SaveResult> write(List<T> batch) {
    Outcome outcome = attempt(batch);
    SalesforceException failure = outcome.failure();
    if (failure != null) {
      // Some of the batch may be written by now, and the caller will not learn which.
      throw written ? failure.asAnswerLost() : failure;
    }
    return outcome.results().stream().map(Objects::requireNonNull).toList();
  }

  /** Writes as many as it can, and returns what it knows about each. */
  public Outcome attempt(List<T> batch) {
    records = batch;
    results = new SaveResult[batch.size()];
    try {
      part(0, batch.size());
      return new Outcome(Arrays.asList(results), 0, 0, null);
    } catch (BrokenException e) {
      return new Outcome(Arrays.asList(results), e.from, e.to, e.failure);
    }
  }

  private void part(int from, int to) {
    List<T> part = records.subList(from, to);
    try {
      List<Wire.@Nullable SaveRow> rows = send.apply(part);
      written = true;
      if (part.size() > 1 && extraCalls + 2 <= MOST_EXTRA_CALLS && isRefusedTogether(rows)) {
        LOG.debug(
            "a trigger or flow refused all {} records of a call; sending them in halves",
            part.size());
        halves(from, to);
        return;
      }
      List<SaveResult> read = zip(part, rows);
      for (int i = from; i < to; i++) {
        results[i] = read.get(i - from);
      }
    } catch (SalesforceException e) {
      boolean tooSlow =
          e.errorCode().equals("REQUEST_RUNNING_TOO_LONG")
              && safety == Safety.REPEATABLE
              && part.size() > 1;
      boolean tooLong = e.status().orElse(0) == TOO_LONG;
      if (!isRefusal(e) && !tooSlow && !tooLong) {
        throw new BrokenException(from, to, e);
      }
      if (part.size() == 1 && tooLong) {
        results[from] =
            new Refused(List.of(new RecordError(LoadOutcome.CANNOT_BE_SENT, List.of(), false)));
        return;
      }
      if (part.size() == 1 || extraCalls + 2 > MOST_EXTRA_CALLS) {
        if (tooSlow || tooLong) {
          throw new BrokenException(from, to, e);
        }
        Arrays.fill(
            results,
            from,
            to,
            new Refused(List.of(new RecordError(e.errorCode(), e.fields(), false))));
        return;
      }
      LOG.debug(
          "a call with {} records was refused as a whole ({}); sending it in halves",
          part.size(),
          e.errorCode());
      halves(from, to);
    }
  }

  private void halves(int from, int to) {
    extraCalls += 2;
    int middle = from + (to - from) / 2;
    part(from, middle);
    part(middle, to);
  }

  /**
   * Whether automation has failed with all records at once, as it does beyond the limits of a
   * transaction: then all have the same code and text. If it refuses single records, the texts
   * differ. If it met a lock, waiting helps, halving does not.
   */
  private static boolean isRefusedTogether(List<Wire.@Nullable SaveRow> rows) {
    Set<List<ErrorBody.ApiError>> reasons = new HashSet<>();
    for (Wire.SaveRow row : rows) {
      JsonNode errors = row == null || Boolean.TRUE.equals(row.success()) ? null : row.errors();
      if (errors == null) {
        return false;
      }
      reasons.add(ErrorBody.ofJson(errors));
    }
    return reasons.size() == 1
        && reasons.iterator().next().stream()
            .anyMatch(e -> Verdicts.isOfAutomation(e.code()) && !Verdicts.passes(e));
  }

  /** A refused call has written nothing, so even creates may be sent again, in other parts. */
  private static boolean isRefusal(SalesforceException e) {
    return e.status().orElse(0) == 400
        && !e.errorCode().isEmpty()
        && (e.kind() == Kind.REJECTED
            || e.kind() == Kind.CONFIGURATION
            || e.kind() == Kind.NOT_FOUND)
        && !OF_THE_CALL.contains(e.errorCode());
  }

  private List<SaveResult> zip(List<T> records, List<Wire.@Nullable SaveRow> rows) {
    if (rows.size() != records.size()) {
      throw unknown("the number of results differs from the number of records");
    }
    List<SaveResult> results = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Wire.SaveRow row = rows.get(i);
      if (row == null || row.success() == null) {
        throw unknown("a result does not say whether it is a success");
      }
      results.add(row.success() ? saved(records.get(i), row) : refused(records.get(i), row));
    }
    return List.copyOf(results);
  }

  private Saved saved(T record, Wire.SaveRow row) {
    String known = knownId.apply(record);
    String given = row.id();
    if (!known.isEmpty()) {
      if (given != null && !sameId(known, given)) {
        throw unknown("a result is about another record");
      }
      return new Saved(known, false);
    }
    if (given == null || given.isEmpty()) {
      throw unknown("a result lacks the id");
    }
    return new Saved(given, sort == Sort.CREATE || row.created());
  }

  private SaveResult refused(T record, Wire.SaveRow row) {
    // An id in a failed row may name a record that was rolled back: never read it.
    JsonNode node = row.errors();
    List<ErrorBody.ApiError> errors = node == null ? List.of() : ErrorBody.ofJson(node);
    if (sort == Sort.DELETE
        && errors.stream().anyMatch(e -> e.code().equals("ENTITY_IS_DELETED"))) {
      return new Saved(knownId.apply(record), false);
    }
    if (errors.isEmpty()) {
      return new Refused(List.of(new RecordError(ErrorBody.UNRECOGNISED, List.of(), false)));
    }
    return new Refused(
        errors.stream()
            .map(e -> new RecordError(e.code(), e.fields(), Verdicts.passes(e), e.matches()))
            .toList());
  }

  private static boolean sameId(String a, String b) {
    int shorter = Math.min(15, Math.min(a.length(), b.length()));
    return a.regionMatches(0, b, 0, shorter) && shorter == 15;
  }

  private static SalesforceException unknown(String what) {
    return new SalesforceException(
        Kind.PROTOCOL,
        what + ", so nobody knows which records were written; read them before writing again",
        Details.NONE.withAnswerLost(true));
  }
}
