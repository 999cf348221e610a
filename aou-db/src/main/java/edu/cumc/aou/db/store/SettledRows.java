package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.db.internal.Load;
import edu.cumc.aou.db.internal.Load.Column;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Stores the results of many rows in {@code sync_change} by one statement, from a staged batch. */
final class SettledRows {

  /** SQL Server takes at most 2,100 parameters. */
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

  private static final List<Column> SENT_COLUMNS =
      List.of(
          Column.number("token"),
          Column.number("run_id"),
          Column.number("seq"),
          Column.text("state", 30),
          Column.longText("error_fields"));

  private static final String SENT = Change.State.SENT.name();

  private static final String THEIRS =
      "s.token = :token AND s.run_id = :run AND t.run_id = s.run_id AND t.seq = s.seq";

  private static final String OUTCOME =
      "state = s.state, contact_id = COALESCE(s.contact_id, t.contact_id), journey_id = COALESCE(s.journey_id,"
          + " t.journey_id), error_code = s.error_code, error_fields = s.error_fields, audit_batch = s.audit_batch,"
          + " nonce = s.nonce, leaf = s.leaf";

  /** The object is a parameter: as a query of the same table, H2 asks it anew for each row. */
  private static final String PLANNED = "object = :object AND state = 'PLANNED'";

  private SettledRows() {}

  /** The numbers in order, in slices. */
  static List<List<Long>> slices(List<Long> seqs) {
    List<Long> sorted = seqs.stream().distinct().sorted().toList();
    List<List<Long>> slices = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += SLICE) {
      slices.add(sorted.subList(from, Math.min(sorted.size(), from + SLICE)));
    }
    return slices;
  }

  /** Stores them; the last result of a row counts. */
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
    change(store, handle, run, OUTCOME, null);
    leaves.enter(new AuditBook(store, handle), run);
  }

  /**
   * Marks rows as sent: those of a call by their numbers, those of a job by where they begin and
   * end, or from a staged batch.
   */
  static void sent(
      StoreDatabase store, Handle handle, RunId run, List<Long> seqs, @Nullable String job) {
    List<Long> sorted = seqs.stream().distinct().sorted().toList();
    if (sorted.size() <= SLICE) {
      int unused =
          sending(store, handle, run, sorted, "seq IN (<seqs>)", job)
              .bindList("seqs", sorted)
              .execute();
      return;
    }
    String object = object(store, handle, run, sorted.get(0));
    Optional<List<Long>> between = plannedBetween(store, handle, run, object, sorted);
    if (between.isPresent()) {
      List<Long> others = between.get();
      String which = others.isEmpty() ? PLANNED : PLANNED + " AND seq NOT IN (<seqs>)";
      Update update = sending(store, handle, run, sorted, which, job).bind("object", object);
      if (!others.isEmpty()) {
        update.bindList("seqs", others);
      }
      int unused = update.execute();
      return;
    }
    store
        .database()
        .load(
            handle,
            new Load(
                store.sql("$.outcome_staging"),
                SENT_COLUMNS,
                sorted.stream()
                    .map(
                        seq ->
                            Arrays.<@Nullable Object>asList(
                                store.token(), run.value(), seq, SENT, "[]"))
                    .iterator()));
    change(store, handle, run, "state = s.state, attempts = t.attempts + 1, job_id = :job", job);
  }

  /** {@code which} names some rows; without the first and the last, H2 reads the whole run. */
  private static Update sending(
      StoreDatabase store,
      Handle handle,
      RunId run,
      List<Long> sorted,
      String which,
      @Nullable String job) {
    return handle
        .createUpdate(
            store.sql(
                "UPDATE $.sync_change SET state = 'SENT', attempts = attempts + 1, job_id = :job WHERE run_id = :run"
                    + " AND seq BETWEEN :first AND :last AND "
                    + which))
        .bind("job", job)
        .bind("run", run.value())
        .bind("first", sorted.get(0))
        .bind("last", sorted.get(sorted.size() - 1));
  }

  private static String object(StoreDatabase store, Handle handle, RunId run, long seq) {
    return handle
        .createQuery(
            store.sql("SELECT object FROM $.sync_change WHERE run_id = :run AND seq = :seq"))
        .bind("run", run.value())
        .bind("seq", seq)
        .mapTo(String.class)
        .one();
  }

  /**
   * The other planned rows of the same object between the first and the last of these. A job takes
   * nearly all rows of a stretch, so this is little.
   *
   * @return empty if there are too many to name them, or if not all of these are planned
   */
  private static Optional<List<Long>> plannedBetween(
      StoreDatabase store, Handle handle, RunId run, String object, List<Long> sorted) {
    Set<Long> planned =
        handle
            .createQuery(
                store.sql(
                    "SELECT seq FROM $.sync_change WHERE run_id = :run AND seq BETWEEN :first AND :last AND "
                        + PLANNED))
            .bind("run", run.value())
            .bind("object", object)
            .bind("first", sorted.get(0))
            .bind("last", sorted.get(sorted.size() - 1))
            .mapTo(Long.class)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (planned.size() > sorted.size() + SLICE || !planned.containsAll(sorted)) {
      return Optional.empty();
    }
    planned.removeAll(Set.copyOf(sorted));
    return Optional.of(List.copyOf(planned));
  }

  /** Uses one statement for all, whatever their number. */
  private static void change(
      StoreDatabase store, Handle handle, RunId run, String set, @Nullable String job) {
    Update update =
        handle.createUpdate(store.changeFrom("$.sync_change", "$.outcome_staging", THEIRS, set));
    if (set.contains(":job")) {
      update.bind("job", job);
    }
    int unusedRows = update.bind("token", store.token()).bind("run", run.value()).execute();
    int unusedStaged =
        handle
            .createUpdate(
                store.sql("DELETE FROM $.outcome_staging WHERE token = :token AND run_id = :run"))
            .bind("token", store.token())
            .bind("run", run.value())
            .execute();
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
