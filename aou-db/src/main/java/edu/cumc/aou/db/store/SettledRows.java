package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.db.internal.Load;
import edu.cumc.aou.db.internal.Load.Column;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Brings what came of many rows into {@code sync_change} by one statement, from a staged batch. */
final class SettledRows {

  /** SQL Server takes 2,100 parameters. */
  private static final int SLICE = 200;

  private static final List<Column> COLUMNS =
      List.of(
          Column.number("token"),
          Column.number("run_id"),
          Column.number("seq"),
          Column.text("state", 30),
          Column.text("contact_id", 18),
          Column.text("journey_id", 18),
          Column.text("error_code", 200),
          Column.longText("error_fields"),
          Column.number("audit_batch"),
          Column.text("nonce", 22),
          Column.text("leaf", 43));

  private static final String ONE =
      "FROM $.outcome_staging s WHERE s.token = :token AND s.run_id = sync_change.run_id"
          + " AND s.seq = sync_change.seq";

  /** The bounds keep a database from going through the whole run for a few rows. */
  private static final String UPDATE =
      "UPDATE $.sync_change SET state = (SELECT s.state "
          + ONE
          + "), contact_id = COALESCE((SELECT s.contact_id "
          + ONE
          + "), contact_id), journey_id = COALESCE((SELECT s.journey_id "
          + ONE
          + "), journey_id), error_code = (SELECT s.error_code "
          + ONE
          + "), error_fields = (SELECT s.error_fields "
          + ONE
          + "), audit_batch = (SELECT s.audit_batch "
          + ONE
          + "), nonce = (SELECT s.nonce "
          + ONE
          + "), leaf = (SELECT s.leaf "
          + ONE
          + ") WHERE run_id = :run AND seq BETWEEN :first AND :last AND EXISTS (SELECT 1 "
          + ONE
          + ")";

  private SettledRows() {}

  /** The numbers in their order, some at a time. */
  static List<List<Long>> slices(List<Long> seqs) {
    List<Long> sorted = seqs.stream().distinct().sorted().toList();
    List<List<Long>> slices = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += SLICE) {
      slices.add(sorted.subList(from, Math.min(sorted.size(), from + SLICE)));
    }
    return slices;
  }

  /** Stores them; the last word on a row counts. */
  static void store(StoreDatabase store, Handle handle, RunId run, List<Settlement> settlements) {
    SortedMap<Long, Settlement> bySeq = new TreeMap<>();
    settlements.forEach(s -> bySeq.put(s.seq(), s));
    SettledLeaves leaves = SettledLeaves.of(store, handle, run, bySeq);
    store
        .database()
        .load(
            handle,
            new Load(
                store.sql("$.outcome_staging"),
                COLUMNS,
                bySeq.values().stream()
                    .map(s -> values(store.token(), run, s, leaves))
                    .iterator()));
    int unusedRows =
        bind(handle.createUpdate(store.sql(UPDATE)), store, run)
            .bind("first", bySeq.firstKey())
            .bind("last", bySeq.lastKey())
            .execute();
    int unusedStaged =
        bind(
                handle.createUpdate(
                    store.sql(
                        "DELETE FROM $.outcome_staging WHERE token = :token AND run_id = :run")),
                store,
                run)
            .execute();
    leaves.enter(new AuditBook(store, handle), run);
  }

  private static Update bind(Update update, StoreDatabase store, RunId run) {
    return update.bind("token", store.token()).bind("run", run.value());
  }

  private static List<@Nullable Object> values(
      long token, RunId run, Settlement settlement, SettledLeaves leaves) {
    SettledLeaves.@Nullable Commitment leaf = leaves.of(settlement.seq());
    return Arrays.asList(
        token,
        run.value(),
        settlement.seq(),
        settlement.state().name(),
        settlement.contactId() == null ? null : settlement.contactId().value(),
        settlement.journeyId() == null ? null : settlement.journeyId().value(),
        settlement.errorCode(),
        CanonicalJson.write(settlement.errorFields()),
        leaf == null ? null : leaves.batch(),
        leaf == null ? null : leaf.nonce(),
        leaf == null ? null : leaf.hash());
  }
}
