package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.RunTable;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The runs. */
final class SqlRunTable implements RunTable {

  private static final String COLUMNS =
      "run_id, run_mode, state, org_id, mapping_fingerprint, started_at, finished_at, counts,"
          + " trips, undone, org_name, org_fields, org_traits, org_rules_at, org_changes";

  private static final String REMOVABLE =
      "SELECT run_id FROM $.sync_run WHERE is_going = 1 OR (finished_at < :before AND run_id <"
          + " :oldest AND NOT (run_mode = 'SYNC' AND state = 'DONE' AND run_id >= :oldestDone) AND"
          + " NOT EXISTS (SELECT 1 FROM $.sync_hold h WHERE h.kind <> 'FORGOTTEN' AND h.since >="
          + " sync_run.started_at AND h.since <= sync_run.finished_at) AND NOT EXISTS (SELECT 1"
          + " FROM $.sync_run u WHERE u.undone = sync_run.run_id AND u.is_going = 0)) ORDER BY"
          + " run_id ";

  private final StoreDatabase store;

  SqlRunTable(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public RunId create(RunMode mode, String orgId, String mappingFingerprint, Instant startedAt) {
    return store.write(
        "entering the run",
        handle -> {
          long next =
              handle
                      .createQuery(store.sql("SELECT COALESCE(MAX(run_id), 0) FROM $.sync_run"))
                      .mapTo(Long.class)
                      .one()
                  + 1;
          handle
              .createUpdate(
                  store.sql(
                      "INSERT INTO $.sync_run (run_id, run_mode, state, org_id,"
                          + " mapping_fingerprint, started_at, finished_at, counts, is_bound)"
                          + " VALUES (:run, :mode, 'PLANNING', :org, :mapping, :started, NULL,"
                          + " '{}', 1)"))
              .bind("run", next)
              .bind("mode", mode.name())
              .bind("org", orgId)
              .bind("mapping", mappingFingerprint)
              .bind("started", RowCodec.utc(startedAt))
              .execute();
          return new RunId(next);
        });
  }

  @Override
  public void setState(RunId run, RunState state) {
    store.run(
        "noting the state of the run",
        handle ->
            handle
                .createUpdate(store.sql("UPDATE $.sync_run SET state = :state WHERE run_id = :run"))
                .bind("state", state.name())
                .bind("run", run.value())
                .execute());
  }

  @Override
  public void addTallies(RunId run, Tallies tallies) {
    changeTallies(run, before -> before.with(tallies));
  }

  @Override
  public void increaseTallies(RunId run, Tallies more) {
    changeTallies(run, before -> before.plus(more));
  }

  private void changeTallies(RunId run, UnaryOperator<Tallies> change) {
    store.run(
        "noting the counts of the run",
        handle -> {
          Tallies before = findIn(handle, run).map(Run::tallies).orElse(Tallies.none());
          handle
              .createUpdate(store.sql("UPDATE $.sync_run SET counts = :counts WHERE run_id = :run"))
              .bind("counts", CanonicalJson.write(change.apply(before).asMap()))
              .bind("run", run.value())
              .execute();
        });
  }

  @Override
  public void noteUndone(RunId run, RunId undone) {
    store.run(
        "noting which run is undone",
        handle -> {
          handle
              .createUpdate(store.sql("UPDATE $.sync_run SET undone = :undone WHERE run_id = :run"))
              .bind("undone", undone.value())
              .bind("run", run.value())
              .execute();
          findIn(handle, run)
              .filter(r -> r.mode() == RunMode.UNDO)
              .ifPresent(
                  r ->
                      enter(
                          handle,
                          AuditTable.Kind.UNDO,
                          run,
                          Map.of("undone-run", undone.toString())));
        });
  }

  @Override
  public void noteOrg(RunId run, OrgSeen org) {
    RunId traits = org.traits();
    Instant rulesAt = org.rulesAt();
    store.run(
        "noting what the run saw of the org",
        handle ->
            handle
                .createUpdate(
                    store.sql(
                        "UPDATE $.sync_run SET org_name = :name, org_fields = :fields, org_traits ="
                            + " :traits, org_rules_at = :rules, org_changes = :changes WHERE run_id"
                            + " = :run"))
                .bindBySqlType("name", org.name(), Types.NVARCHAR)
                .bindBySqlType("fields", org.fields(), Types.NVARCHAR)
                .bindBySqlType("traits", traits == null ? null : traits.value(), Types.BIGINT)
                .bindBySqlType(
                    "rules", rulesAt == null ? null : RowCodec.utc(rulesAt), Types.TIMESTAMP)
                .bind("changes", RunRow.changes(org.changes()))
                .bind("run", run.value())
                .execute());
  }

  @Override
  public void noteTrips(RunId run, List<GuardTrip> trips) {
    List<String> texts = trips.stream().flatMap(t -> Stream.of(t.guard(), t.message())).toList();
    store.run(
        "noting the guards that stopped the run",
        handle ->
            handle
                .createUpdate(store.sql("UPDATE $.sync_run SET trips = :trips WHERE run_id = :run"))
                .bind("trips", CanonicalJson.write(texts))
                .bind("run", run.value())
                .execute());
  }

  @Override
  public void finish(RunId run, RunState state, Instant finishedAt) {
    store.run(
        "ending the run",
        handle -> {
          handle
              .createUpdate(
                  store.sql(
                      "UPDATE $.sync_run SET state = :state, finished_at = :finished WHERE run_id ="
                          + " :run"))
              .bind("state", state.name())
              .bind("finished", RowCodec.utc(finishedAt))
              .bind("run", run.value())
              .execute();
          findIn(handle, run)
              .ifPresent(
                  r ->
                      enter(
                          handle,
                          state == RunState.ABANDONED
                              ? AuditTable.Kind.ABANDON
                              : AuditTable.Kind.RUN,
                          run,
                          Map.of(
                              "mode",
                              ConfigSection.word(r.mode()),
                              "state",
                              ConfigSection.word(state))));
        });
  }

  private void enter(Handle handle, AuditTable.Kind kind, RunId run, Map<String, String> what) {
    Head unused = new AuditBook(store, handle).append(Entry.of(kind, run, what));
  }

  @Override
  public Optional<Run> find(RunId run) {
    return store.read("looking up the run", handle -> findIn(handle, run));
  }

  private Optional<Run> findIn(Handle handle, RunId run) {
    return handle
        .createQuery(
            store.sql(
                "SELECT " + COLUMNS + " FROM $.sync_run WHERE is_going = 0 AND run_id = :run"))
        .bind("run", run.value())
        .map(ForeignCells.rows("sync_run", RunRow::read))
        .findOne();
  }

  /**
   * Reads runs.
   *
   * @param rest what stands behind the name of the table
   */
  private List<Run> runs(String task, String rest, Map<String, ?> values) {
    return store.read(
        task,
        handle ->
            handle
                .createQuery(store.sql("SELECT " + COLUMNS + " FROM $.sync_run " + rest))
                .bindMap(values)
                .map(ForeignCells.rows("sync_run", RunRow::read))
                .list());
  }

  @Override
  public List<Run> latest(int limit) {
    return runs(
        "listing the runs",
        "WHERE is_going = 0 ORDER BY run_id DESC " + store.dialect().limit(),
        Map.of("limit", limit));
  }

  @Override
  public Optional<Run> unfinished() {
    List<String> open =
        Arrays.stream(RunState.values()).filter(s -> !s.isTerminal()).map(Enum::name).toList();
    return runs(
            "looking for an unfinished run",
            "WHERE run_mode IN ('SYNC', 'RETRY', 'UNDO') AND state IN (:a, :b, :c) ORDER BY run_id"
                + " DESC "
                + store.dialect().limit(),
            Map.of("a", open.get(0), "b", open.get(1), "c", open.get(2), "limit", 1))
        .stream()
        .findFirst();
  }

  @Override
  public List<Run> unfinishedPlans() {
    return runs(
        "looking for unfinished plans",
        "WHERE run_mode = 'PLAN' AND state = 'PLANNING' ORDER BY run_id",
        Map.of());
  }

  @Override
  public List<Run> lastDone(int limit) {
    return runs(
        "listing the last good runs",
        "WHERE is_going = 0 AND run_mode = 'SYNC' AND state = 'DONE' ORDER BY run_id DESC "
            + store.dialect().limit(),
        Map.of("limit", limit));
  }

  @Override
  public List<RunId> withValues(Instant finishedBefore, int most) {
    return store.read(
        "looking for runs with old values",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT run_id FROM $.sync_run WHERE is_going = 0 AND is_blanked = 0 AND"
                            + " finished_at < :before ORDER BY run_id "
                            + store.dialect().limit()))
                .bind("before", RowCodec.utc(finishedBefore))
                .bind("limit", most)
                .map((row, context) -> new RunId(row.getLong("run_id")))
                .list());
  }

  @Override
  public void markBlanked(RunId run) {
    store.run(
        "noting that values are blanked",
        handle ->
            handle
                .createUpdate(store.sql("UPDATE $.sync_run SET is_blanked = 1 WHERE run_id = :run"))
                .bind("run", run.value())
                .execute());
  }

  @Override
  public boolean isBlanked(RunId run) {
    return store.read(
        "looking whether values are blanked",
        handle ->
            handle
                    .createQuery(
                        store.sql(
                            "SELECT COUNT(*) FROM $.sync_run WHERE run_id = :run AND is_blanked ="
                                + " 1"))
                    .bind("run", run.value())
                    .mapTo(Long.class)
                    .one()
                > 0);
  }

  @Override
  public List<RunId> removable(Instant finishedBefore, int keepLatest, int most) {
    return store.read(
        "looking for runs that nothing needs",
        handle ->
            handle
                .createQuery(store.sql(REMOVABLE + store.dialect().limit()))
                .bind("before", RowCodec.utc(finishedBefore))
                .bind("oldest", oldestOf(latest(keepLatest)))
                .bind("oldestDone", oldestOf(lastDone(keepLatest)))
                .bind("limit", most)
                .map((row, context) -> new RunId(row.getLong("run_id")))
                .list());
  }

  private static long oldestOf(List<Run> newestFirst) {
    return newestFirst.isEmpty()
        ? Long.MAX_VALUE
        : newestFirst.get(newestFirst.size() - 1).id().value();
  }

  @Override
  public void beginRemoval(RunId run) {
    store.run(
        "noting that a run is removed",
        handle -> {
          handle
              .createUpdate(store.sql("UPDATE $.sync_run SET is_going = 1 WHERE run_id = :run"))
              .bind("run", run.value())
              .execute();
          enter(handle, AuditTable.Kind.PURGE, run, Map.of("purged", "run"));
        });
  }

  @Override
  public void remove(RunId run) {
    store.run(
        "removing a run",
        handle -> {
          handle
              .createUpdate(store.sql("DELETE FROM $.sync_job WHERE run_id = :run"))
              .bind("run", run.value())
              .execute();
          handle
              .createUpdate(store.sql("DELETE FROM $.sync_match WHERE run_id = :run"))
              .bind("run", run.value())
              .execute();
          SqlOrgTable.drop(store, handle, run);
          handle
              .createUpdate(
                  store.sql("DELETE FROM $.sync_run WHERE run_id = :run AND is_going = 1"))
              .bind("run", run.value())
              .execute();
        });
  }

  @Override
  public Optional<String> boundOrg() {
    return store.read(
        "looking up the org of the store",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT org_id FROM $.sync_run WHERE run_id = (SELECT MIN(run_id) FROM"
                            + " $.sync_run WHERE is_bound = 1)"))
                .mapTo(String.class)
                .findOne());
  }
}
