package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What else happens in {@link InMemoryCrm}'s org, beside what {@link TestOrg} lets people do: its
 * automations, and the bin. Costs the crm no call. Thread-safe.
 */
public final class InMemoryDesk {

  private final CallGate gate;
  private final InMemoryOrg records;
  private final Runnable due;

  /** {@code due} lets happen what is due by now. */
  InMemoryDesk(CallGate gate, InMemoryOrg records, Runnable due) {
    this.gate = gate;
    this.records = records;
    this.due = due;
  }

  /** A record as the org stores it; the fields that have a value. */
  public record Stored(
      String id, Map<String, String> fields, boolean deleted, @Nullable String mergedInto) {}

  /** All records, those in the bin included, in the order of their creation. */
  public List<Stored> records(CrmObject object) {
    return gate.uncounted(
        () -> {
          due.run();
          return records.rows(object).stream()
              .map(
                  row ->
                      new Stored(
                          row.id(),
                          row.fields().asMap().entrySet().stream()
                              .filter(e -> !e.getValue().isBlank())
                              .collect(
                                  Collectors.toMap(
                                      e -> e.getKey().value(), e -> e.getValue().text())),
                          row.deleted(),
                          row.mergedInto()))
              .toList();
        });
  }

  /** Takes a record out of the bin. */
  public void undelete(String id) {
    change(() -> records.undelete(id));
  }

  /** Makes the last change of a record one that was committed late, with an earlier time. */
  public void changedAt(String id, Instant at) {
    change(() -> records.changedAt(id, at));
  }

  /** Removes a record so that no query finds it any more. */
  public void erase(String id) {
    change(() -> records.erase(id));
  }

  /** How many journeys the flow makes for each Contact that is created from now on. */
  public void journeysOfNew(IntSupplier number) {
    change(() -> records.journeysOfNew(number));
  }

  /** What an automation makes of the values that the API writes, before the save. */
  public void beforeSave(BiFunction<CrmObject, FieldValues, FieldValues> automation) {
    change(() -> records.beforeSave(automation));
  }

  private void change(Runnable change) {
    gate.uncounted(
        () -> {
          due.run();
          records.byHand(true);
          try {
            change.run();
          } finally {
            records.byHand(false);
          }
          return this;
        });
  }
}
