package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.Load;
import edu.cumc.aou.db.internal.Load.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A table that collects records until all have come. A record may come more than once, because
 * records move while pages are read. They are numbered, and the last one counts.
 */
final class StagingTable<T> {

  /** Records per load: enough to make the overhead small, in a few MB of memory. */
  private static final int BATCH = 2000;

  private final StoreDatabase store;
  private final long token;
  private final String operation;
  private final String table;
  private final String key;
  private final List<Column> columns;
  private final Function<T, List<@Nullable Object>> values;
  private final List<T> waiting = new ArrayList<>(BATCH);
  private long last;

  /**
   * A table, for one refresh.
   *
   * @param token of the lease that owns the rows
   * @param operation what is being done, for messages
   * @param key the column of the record's id
   * @param columns the columns after the token and the number
   * @param values their values
   */
  StagingTable(
      StoreDatabase store,
      long token,
      String operation,
      String table,
      String key,
      List<Column> columns,
      Function<T, List<@Nullable Object>> values) {
    this.store = store;
    this.token = token;
    this.operation = operation;
    this.table = table;
    this.key = key;
    List<Column> all = new ArrayList<>(List.of(Column.number("token"), Column.number("seq")));
    all.addAll(columns);
    this.columns = List.copyOf(all);
    this.values = values;
  }

  void add(T record) {
    waiting.add(record);
    if (waiting.size() >= BATCH) {
      flush();
    }
  }

  void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    store.run(
        operation,
        handle ->
            store.database().load(handle, new Load(store.sql("$." + table), columns, rows())));
    last += waiting.size();
    waiting.clear();
  }

  /** Numbers them anew each time, so that a repeated unit of work writes the same. */
  private Iterator<List<@Nullable Object>> rows() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < waiting.size();
      }

      @Override
      public List<@Nullable Object> next() {
        List<@Nullable Object> given = values.apply(waiting.get(next++));
        @Nullable Object[] row = new @Nullable Object[2 + given.size()];
        row[0] = token;
        row[1] = last + next;
        for (int i = 0; i < given.size(); i++) {
          row[i + 2] = given.get(i);
        }
        return Arrays.asList(row);
      }
    };
  }

  /** Continues with rows from an earlier lease; new rows count as later. */
  void goOn(Handle handle) {
    last =
        handle
            .createQuery(
                store.sql("SELECT COALESCE(MAX(seq), 0) FROM $." + table + " WHERE token = :token"))
            .bind("token", token)
            .mapTo(Long.class)
            .one();
  }

  /** Whether this refresh may have rows there. */
  boolean hasRows() {
    return last > 0;
  }

  /** Keeps only the last row of each record. */
  void collapse(Handle handle) {
    if (!hasRows()) {
      return;
    }
    int unused =
        handle
            .createUpdate(
                store.sql(
                    "DELETE FROM $.%1$s WHERE token = :token AND EXISTS (SELECT 1 FROM $.%1$s l WHERE l.token = :token AND l.%2$s = %1$s.%2$s AND l.seq > %1$s.seq)"
                        .formatted(table, key)))
            .bind("token", token)
            .execute();
  }

  /** Removes its rows, and those of expired earlier leases. */
  void empty(Handle handle) {
    int unused =
        handle
            .createUpdate(store.sql("DELETE FROM $." + table + " WHERE token <= :token"))
            .bind("token", token)
            .execute();
  }
}
