package edu.cumc.aou.salesforce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one batch and gives each record its result. A record that makes Salesforce refuse the call
 * as a whole, or a trigger refuse all that came with it, is tracked down by halves, because one bad
 * record must not hold up the others. One object per batch.
 *
 * @param <T> a record to write
 */
final class BatchWriter<T> {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

  /**
   * How many calls may go into tracking down bad records. Where more would be needed nearly every
   * record is bad, and those not told apart share the verdict on the call that held them.
   */
  private static final int MOST_EXTRA_CALLS = 64;

  /** Refusals of the call that say nothing of a single record. */
  private static final Set<String> OF_THE_CALL =
      Set.of("EXCEEDED_ID_LIMIT", "LIMIT_EXCEEDED", "OPERATION_TOO_LARGE", "MALFORMED_QUERY");

  private final Function<List<T>, List<Wire.@Nullable SaveRow>> send;
  private final Function<T, String> knownId;
  private final Safety safety;
  private final boolean deletion;
  private int extraCalls;
  private boolean written;

  /**
   * For one batch.
   *
   * @param knownId the id of a record that has one; empty text else
   */
  BatchWriter(
      Function<List<T>, List<Wire.@Nullable SaveRow>> send,
      Function<T, String> knownId,
      Safety safety,
      boolean deletion) {
    this.send = send;
    this.knownId = knownId;
    this.safety = safety;
    this.deletion = deletion;
  }

  List<SaveResult> write(List<T> records) {
    try {
      return part(records);
    } catch (SalesforceException e) {
      // some of the batch may be written by now, and who wrote it will not learn which
      throw written ? e.asAnswerLost() : e;
    }
  }

  private List<SaveResult> part(List<T> records) {
    try {
      List<Wire.@Nullable SaveRow> rows = send.apply(records);
      written = true;
      List<SaveResult> results = zip(records, rows);
      if (records.size() > 1 && extraCalls + 2 <= MOST_EXTRA_CALLS && isRefusedTogether(rows)) {
        LOG.info(
            "a trigger or flow refused all {} records of a call; sending them in halves",
            records.size());
        return halves(records);
      }
      return results;
    } catch (SalesforceException e) {
      boolean tooSlow =
          e.errorCode().equals("REQUEST_RUNNING_TOO_LONG")
              && safety == Safety.REPEATABLE
              && records.size() > 1;
      if (!isRefusal(e) && !tooSlow) {
        throw e;
      }
      if (records.size() == 1 || extraCalls + 2 > MOST_EXTRA_CALLS) {
        if (tooSlow) {
          throw e;
        }
        Refused refused = new Refused(List.of(new RecordError(e.errorCode(), e.fields(), false)));
        return records.stream().map(r -> (SaveResult) refused).toList();
      }
      LOG.info(
          "a call with {} records was refused as a whole ({}); sending it in halves",
          records.size(),
          e.errorCode());
      return halves(records);
    }
  }

  private List<SaveResult> halves(List<T> records) {
    extraCalls += 2;
    int middle = records.size() / 2;
    List<SaveResult> results = new ArrayList<>(part(records.subList(0, middle)));
    results.addAll(part(records.subList(middle, records.size())));
    return results;
  }

  /**
   * Whether automation has failed with all records at once, as it does beyond the limits of a
   * transaction: one code and one text for all. What it has against each record reads differently,
   * and a lock that it met is waited for, not halved.
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

  /** A refused call has written nothing: even creates may be sent again, in other parcels. */
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
    return new Saved(given, safety == Safety.ONCE || row.created());
  }

  private SaveResult refused(T record, Wire.SaveRow row) {
    // an id in a failed row may name a record that was rolled back: never read it
    JsonNode node = row.errors();
    List<ErrorBody.ApiError> errors = node == null ? List.of() : ErrorBody.ofJson(node);
    if (deletion && errors.stream().anyMatch(e -> e.code().equals("ENTITY_IS_DELETED"))) {
      return new Saved(knownId.apply(record), false);
    }
    if (errors.isEmpty()) {
      return new Refused(List.of(new RecordError(ErrorBody.UNRECOGNISED, List.of(), false)));
    }
    return new Refused(
        errors.stream()
            .map(e -> new RecordError(e.code(), e.fields(), Verdicts.passes(e)))
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
