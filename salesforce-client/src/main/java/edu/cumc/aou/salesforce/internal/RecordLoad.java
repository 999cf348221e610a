package edu.cumc.aou.salesforce.internal;

import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.RecordUpdate;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.bulk.LoadReport;
import edu.cumc.aou.salesforce.bulk.LoadSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes records by Collections or by jobs, and those that met a lock once more. For one load. */
final class RecordLoad {

  /** The records of a call, and the wait before it, in the passes over records that met a lock. */
  private static final int[] PASS_SIZES = {50, 10, 1};

  private static final Duration[] PASS_WAITS = {
    Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30)
  };

  /** Rows of jobs that are sent once more because a trigger or a flow has failed with them. */
  private static final int MOST_TRACKED_DOWN = 1_000;

  private final ManyRecords many;
  private final Gateway gateway;
  private final BulkIngest ingest;
  private final LoadSettings settings;
  private final List<Map<String, @Nullable Object>> records;
  private final @Nullable SaveResult[] results;
  private final JobLoad jobs;

  RecordLoad(
      ManyRecords many,
      Bulk bulk,
      Gateway gateway,
      BulkIngest ingest,
      String keyColumn,
      List<Map<String, @Nullable Object>> records,
      LoadSettings settings) {
    this.many = many;
    this.gateway = gateway;
    this.ingest = ingest;
    this.settings = settings;
    this.records = records;
    results = new SaveResult[records.size()];
    jobs = new JobLoad(bulk, ingest, keyColumn, records, settings, results);
  }

  LoadReport run() {
    try {
      if (records.size() >= settings.bulkFrom()
          || ingest.operation() == BulkOperation.HARD_DELETE) {
        jobs.run();
        writeRefusedTogetherAgain();
      } else {
        collections(
            IntStream.range(0, results.length).boxed().toList(), Salesforce.MAX_COLLECTION, false);
      }
      writeLockedAgain();
      return report(null);
    } catch (SalesforceException e) {
      return report(e);
    }
  }

  private LoadReport report(@Nullable SalesforceException failure) {
    Refused untouched =
        new Refused(List.of(new RecordError(LoadReport.NOT_PROCESSED, List.of(), true)));
    return new LoadReport(
        Arrays.stream(results).map(r -> Objects.requireNonNullElse(r, untouched)).toList(),
        failure);
  }

  /**
   * A job gives triggers 200 rows at once, and one row can make them fail with all of these. By
   * Collections it is tracked down by halves; where a trigger fails for so many that this would
   * cost the org its calls, the trigger is what needs attention.
   */
  private void writeRefusedTogetherAgain() {
    List<Integer> refused =
        IntStream.range(0, results.length)
            .filter(i -> isRefusedByAutomation(results[i]))
            .boxed()
            .toList();
    boolean bearable = refused.size() > 1 && refused.size() <= MOST_TRACKED_DOWN;
    if (bearable && ingest.operation() != BulkOperation.HARD_DELETE) {
      collections(refused, Salesforce.MAX_COLLECTION, true);
    }
  }

  private static boolean isRefusedByAutomation(@Nullable SaveResult result) {
    return result instanceof Refused refused
        && refused.errors().stream().anyMatch(e -> e.isOfAutomation() && !e.transientCause());
  }

  private void writeLockedAgain() {
    if (ingest.operation() == BulkOperation.HARD_DELETE) {
      return;
    }
    for (int pass = 0; pass < settings.lockPasses(); pass++) {
      List<Integer> locked =
          IntStream.range(0, results.length).filter(i -> isPassing(results[i])).boxed().toList();
      if (locked.isEmpty()) {
        return;
      }
      gateway.waitToLookAgain(PASS_WAITS[pass]);
      collections(locked, PASS_SIZES[pass], true);
    }
  }

  private static boolean isPassing(@Nullable SaveResult result) {
    return result instanceof Refused refused
        && refused.errors().stream().allMatch(RecordError::transientCause);
  }

  private void collections(List<Integer> places, int size, boolean again) {
    for (int from = 0; from < places.size(); from += size) {
      List<Integer> part = places.subList(from, Math.min(places.size(), from + size));
      if (again) {
        gateway.noteRepeat();
      }
      try {
        List<SaveResult> answers = send(part.stream().map(records::get).toList());
        for (int i = 0; i < part.size(); i++) {
          results[part.get(i)] = answers.get(i);
        }
      } catch (SalesforceException e) {
        if (e.answerLost()) {
          Refused unknown =
              new Refused(List.of(new RecordError(LoadReport.OUTCOME_UNKNOWN, List.of(), false)));
          part.forEach(place -> results[place] = unknown);
        }
        throw e;
      }
    }
  }

  private List<SaveResult> send(List<Map<String, @Nullable Object>> part) {
    List<Map<String, @Nullable Object>> nested = part.stream().map(RecordLoad::nested).toList();
    String key = ingest.externalIdField();
    return switch (ingest.operation()) {
      case INSERT -> many.createAll(ingest.object(), nested);
      case UPDATE ->
          many.updateAll(ingest.object(), nested.stream().map(RecordLoad::update).toList());
      case UPSERT -> many.upsertAll(ingest.object(), String.valueOf(key), nested);
      default -> many.deleteAll(nested.stream().map(RecordLoad::id).toList());
    };
  }

  /** A column {@code Account.Site_Key__c} is a parent in JSON. */
  private static Map<String, @Nullable Object> nested(Map<String, @Nullable Object> record) {
    Map<String, @Nullable Object> nested = new LinkedHashMap<>();
    record.forEach(
        (name, value) -> {
          int dot = name.indexOf('.');
          if (dot < 0) {
            nested.put(name, value);
          } else if (value == null) {
            throw new IllegalArgumentException(
                name + ": a parent is cleared by its lookup field, not by its external id");
          } else {
            nested.put(name.substring(0, dot), Map.of(name.substring(dot + 1), value));
          }
        });
    return nested;
  }

  private static RecordUpdate update(Map<String, @Nullable Object> record) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(record);
    fields.keySet().removeIf("Id"::equalsIgnoreCase);
    return new RecordUpdate(id(record), fields);
  }

  private static String id(Map<String, @Nullable Object> record) {
    List<String> ids = new ArrayList<>();
    record.forEach(
        (name, value) -> {
          if (name.equalsIgnoreCase("Id") && value instanceof String text) {
            ids.add(text);
          }
        });
    if (ids.size() != 1) {
      throw new IllegalArgumentException("a record to update or delete has no Id");
    }
    return ids.get(0);
  }
}
