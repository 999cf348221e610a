package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.port.AttemptTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The failed and stopped attempts. */
final class SqlAttemptTable implements AttemptTable {

  private static final String COLUMNS =
      "SELECT ended_at, run_mode, run_id, kind, message, exit_code FROM $.sync_attempt ";

  private final StoreDatabase store;

  SqlAttemptTable(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public void add(Attempt attempt) {
    RunId run = attempt.run();
    store.run(
        "noting an attempt",
        handle -> {
          long next =
              handle
                      .createQuery(
                          store.sql("SELECT COALESCE(MAX(attempt_id), 0) FROM $.sync_attempt"))
                      .mapTo(Long.class)
                      .one()
                  + 1;
          handle
              .createUpdate(
                  store.sql(
                      "INSERT INTO $.sync_attempt (attempt_id, ended_at, run_mode, run_id, kind, message, exit_code)"
                          + " VALUES (:id, :at, :mode, :run, :kind, :message, :exit)"))
              .bind("id", next)
              .bind("at", RowCodec.utc(attempt.at()))
              .bind("mode", attempt.mode().name())
              .bindBySqlType("run", run == null ? null : run.value(), Types.BIGINT)
              .bind("kind", attempt.kind())
              .bind("message", attempt.message())
              .bind("exit", attempt.exitCode())
              .execute();
        });
  }

  @Override
  public List<Attempt> latest(int limit) {
    return store.read(
        "listing attempts",
        handle ->
            handle
                .createQuery(
                    store.sql(COLUMNS + "ORDER BY attempt_id DESC " + store.dialect().limit()))
                .bind("limit", limit)
                .map(ForeignCells.rows("sync_attempt", SqlAttemptTable::attempt))
                .list());
  }

  @Override
  public @Nullable Attempt ofRun(RunId run) {
    return store.read(
        "looking for the attempt of a run",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        COLUMNS
                            + "WHERE run_id = :run ORDER BY attempt_id DESC "
                            + store.dialect().limit()))
                .bind("run", run.value())
                .bind("limit", 1)
                .map(ForeignCells.rows("sync_attempt", SqlAttemptTable::attempt))
                .findFirst()
                .orElse(null));
  }

  @Override
  public void removeBefore(Instant moment) {
    store.run(
        "removing old attempts",
        handle ->
            handle
                .createUpdate(store.sql("DELETE FROM $.sync_attempt WHERE ended_at < :before"))
                .bind("before", RowCodec.utc(moment))
                .execute());
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    long run = row.getLong("run_id");
    RunId id = row.wasNull() ? null : new RunId(run);
    return new Attempt(
        RowCodec.instant(row, "ended_at"),
        RunMode.valueOf(row.getString("run_mode")),
        id,
        row.getString("kind"),
        row.getString("message"),
        row.getInt("exit_code"));
  }
}
