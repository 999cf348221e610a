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
 * A table in which records gather until all have come. A record may come more than once, since what
 * is read by pages moves meanwhile; they are numbered, and the last one counts.
 */
final class StagingTable<T> {

  /** Records of one load: enough that its cost as such does not matter, a few MB of memory. */
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
   * @param token of the lease to which the rows belong
   * @param operation what is being done, for messages
   * @param key the column of the record's id
   * @param columns the columns after the token and the number
   * @param values what stands in them
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

  /** Numbered anew each time, so that a unit of work that is repeated writes the same. */
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

  /** Goes on with rows that an earlier lease staged: what comes now counts as later. */
  void goOn(Handle handle) {
    last =
        handle
            .createQuery(
                store.sql("SELECT COALESCE(MAX(seq), 0) FROM $." + table + " WHERE token = :token"))
            .bind("token", token)
            .mapTo(Long.class)
            .one();
  }

  /** Whether rows may lie there of this refresh. */
  boolean hasRows() {
    return last > 0;
  }

  /** Leaves the last of each record. */
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

  /** Removes its rows, and those of earlier leases that nobody holds any more. */
  void empty(Handle handle) {
    int unused =
        handle
            .createUpdate(store.sql("DELETE FROM $." + table + " WHERE token <= :token"))
            .bind("token", token)
            .execute();
  }
}
