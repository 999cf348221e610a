package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SalesforceIds;
import edu.cumc.aou.sync.port.MirrorTable.Dropped;
import edu.cumc.aou.sync.port.UnreadableMirrorException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Content of the mirror that another program wrote, and this one cannot read. */
final class UnreadableCells {

  private static final int PAGE = 1000;

  private static final int LONG_FORM = 18;

  private static final String NOTHING = "{}";

  private final StoreDatabase store;

  UnreadableCells(StoreDatabase store) {
    this.store = store;
  }

  /** Converts the cells of a row. If that fails, another program wrote them. */
  static <T> T orTell(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (RuntimeException e) {
      throw new UnreadableMirrorException();
    }
  }

  /** A record's id; the mirror has it in its long form only. */
  static String id(String cell) {
    if (!isId(cell)) {
      throw new IllegalArgumentException("not the long form of a Salesforce id");
    }
    return cell;
  }

  private static boolean isId(String cell) {
    return cell.length() == LONG_FORM && SalesforceIds.isWellFormed(cell);
  }

  /**
   * The condition that a page begins after the last key of the page before; empty for the first
   * page.
   */
  static String beyond(String after) {
    return after.isEmpty() ? ">=" : ">";
  }

  /**
   * Removes what cannot be read, one page of rows at a time, so that a large mirror neither fills
   * the memory nor stays locked for long.
   */
  Dropped drop() {
    // First, so that a process which is killed halfway leaves nothing that looks complete.
    store.run(
        "asking for a full refresh",
        handle -> {
          int unused =
              handle
                  .createUpdate(store.sql("UPDATE $.mirror_state SET full_at = :never"))
                  .bind("never", RowCodec.utc(Instant.EPOCH))
                  .execute();
        });
    List<PmiId> gone = new ArrayList<>();
    int records =
        drop("contact", "pmi_id", "merged_into", gone) + drop("journey", "NULL", "NULL", gone);
    return new Dropped(records, gone);
  }

  private int drop(String word, String pmiId, String mergedInto, List<PmiId> gone) {
    String select =
        "SELECT %1$s_id, fields, sent, %2$s AS pmi, %3$s AS merged, is_deleted FROM $.%1$s_mirror WHERE %1$s_id"
            .formatted(word, pmiId, mergedInto);
    int dropped = 0;
    String after = "";
    while (true) {
      String from = after;
      List<Row> rows =
          store.read(
              "looking for what cannot be read",
              handle ->
                  handle
                      .createQuery(
                          store.sql(
                              select
                                  + " "
                                  + beyond(from)
                                  + " :after ORDER BY "
                                  + word
                                  + "_id "
                                  + store.dialect().limit()))
                      .bind("after", from)
                      .bind("limit", PAGE)
                      .map(
                          (row, context) ->
                              new Row(
                                  row.getString(1),
                                  row.getString(2),
                                  row.getString(3),
                                  row.getString(4),
                                  row.getString(5),
                                  row.getInt(6) != 0))
                      .list());
      if (rows.isEmpty()) {
        return dropped;
      }
      List<Row> unreadable = rows.stream().filter(row -> !row.isReadable()).toList();
      if (!unreadable.isEmpty()) {
        drop(word, unreadable);
        unreadable.stream()
            .filter(row -> row.gone() && !isId(row.id()))
            .flatMap(row -> Optional.ofNullable(row.readable().pmiId()).stream())
            .forEach(pmi -> gone.add(new PmiId(pmi)));
      }
      dropped += unreadable.size();
      after = rows.get(rows.size() - 1).id();
    }
  }

  private void drop(String word, List<Row> unreadable) {
    List<Row> withoutId = new ArrayList<>();
    List<Row> others = new ArrayList<>();
    unreadable.forEach(row -> (isId(row.id()) ? others : withoutId).add(row.readable()));
    store.run(
        "taking out what cannot be read",
        handle -> {
          if (!withoutId.isEmpty()) {
            PreparedBatch batch =
                handle.prepareBatch(
                    store.sql("DELETE FROM $.%1$s_mirror WHERE %1$s_id = :id".formatted(word)));
            withoutId.forEach(row -> batch.bind("id", row.id()).add());
            int[] unused = batch.execute();
          }
          if (!others.isEmpty()) {
            String more = word.equals("contact") ? ", pmi_id = :pmi, merged_into = :merged" : "";
            PreparedBatch batch =
                handle.prepareBatch(
                    store.sql(
                        "UPDATE $.%1$s_mirror SET fields = :fields, sent = :sent%2$s WHERE %1$s_id = :id"
                            .formatted(word, more)));
            for (Row row : others) {
              batch.bind("id", row.id()).bind("fields", row.fields()).bind("sent", row.sent());
              if (!more.isEmpty()) {
                batch.bind("pmi", row.pmiId()).bind("merged", row.mergedInto());
              }
              batch.add();
            }
            int[] unused = batch.execute();
          }
        });
  }

  /** A row of either mirror; the row of a journey has neither a PMI ID nor a survivor. */
  private record Row(
      String id,
      String fields,
      String sent,
      @Nullable String pmiId,
      @Nullable String mergedInto,
      boolean gone) {

    boolean isReadable() {
      return isId(id) && equals(readable());
    }

    /** The same row without what cannot be read. Keeps the id, even an unreadable one. */
    Row readable() {
      return new Row(
          id,
          succeeds(() -> RowCodec.values(fields)) ? fields : NOTHING,
          succeeds(() -> RowCodec.sent(sent)) ? sent : NOTHING,
          pmiId == null || PmiId.isCanonical(pmiId) ? pmiId : null,
          mergedInto == null || isId(mergedInto) ? mergedInto : null,
          gone);
    }

    private static boolean succeeds(Supplier<?> reading) {
      try {
        Object unused = reading.get();
        return true;
      } catch (RuntimeException e) {
        return false;
      }
    }
  }
}
