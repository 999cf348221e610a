package edu.cumc.aou.simulator.salesforce.org;

import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of the org. Changes since the last commit can be taken back. Not thread-safe: the
 * org's lock guards it.
 */
public final class OrgRecords {
  private final Schema schema;
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final List<Change> uncommitted = new ArrayList<>();

  /**
   * A row before and after a change: before is empty if it is new, after is empty if it was
   * removed.
   */
  private record Change(String id, ObjectType type, Optional<Row> before, Optional<Row> now) {}

  /**
   * The changes of a commit.
   *
   * @param changed the last state of each record that changed
   * @param inserted the new ones among them
   * @param removed the last state of each record that is completely gone
   */
  record Committed(Collection<Row> changed, List<Row> inserted, List<Row> removed) {}

  OrgRecords(Schema schema) {
    this.schema = schema;
    schema.types().forEach(type -> tables.put(type.name(), new Table(type)));
  }

  public Schema schema() {
    return schema;
  }

  public Table table(ObjectType type) {
    Table table = tables.get(type.name());
    if (table == null) {
      throw new IllegalStateException("No table for the object " + type);
    }
    return table;
  }

  /** The record with this 18-character id, deleted or not. */
  public Optional<Row> row(String id) {
    return schema.typeOfId(id).flatMap(type -> table(type).row(id));
  }

  void put(Row written) {
    Table table = table(written.type());
    Row row = written.as(table.type());
    uncommitted.add(new Change(row.id(), row.type(), table.row(row.id()), Optional.of(row)));
    table.put(row);
  }

  /** Removes a record, even from the recycle bin. */
  void remove(Row row) {
    uncommitted.add(new Change(row.id(), row.type(), Optional.of(row), Optional.empty()));
    table(row.type()).remove(row.id());
  }

  /** A point to which {@link #rollback} can return until the next commit. */
  public int mark() {
    return uncommitted.size();
  }

  public void rollback(int mark) {
    while (uncommitted.size() > mark) {
      Change last = uncommitted.remove(uncommitted.size() - 1);
      Table table = table(last.type());
      last.before().ifPresentOrElse(table::put, () -> table.remove(last.id()));
    }
  }

  /**
   * Takes over the present schema; records keep what fits into it.
   *
   * @throws SalesforceSimulatorException if an object with records is missing; then nothing has
   *     changed
   */
  void retype() {
    for (Table table : tables.values()) {
      if (schema.type(table.type().name()).isEmpty() && !table.rows().isEmpty()) {
        throw new SalesforceSimulatorException(
            "The object " + table.type().name() + " has records; keep it in the schema");
      }
    }
    Map<String, Table> fresh = new LinkedHashMap<>();
    for (ObjectType type : schema.types()) {
      Table table = new Table(type);
      Table former = tables.get(type.name());
      if (former != null) {
        former.rows().forEach(row -> table.put(row.as(type)));
      }
      fresh.put(type.name(), table);
    }
    tables.clear();
    tables.putAll(fresh);
  }

  Committed commit() {
    Map<String, Row> changed = new LinkedHashMap<>();
    List<Row> inserted = new ArrayList<>();
    List<Row> removed = new ArrayList<>();
    for (Change change : uncommitted) {
      change
          .now()
          .ifPresentOrElse(
              row -> changed.put(change.id(), row),
              () -> {
                changed.remove(change.id());
                removed.add(change.before().orElseThrow());
              });
      if (change.before().isEmpty()) {
        change.now().ifPresent(inserted::add);
      }
    }
    uncommitted.clear();
    return new Committed(changed.values(), inserted, removed);
  }
}
