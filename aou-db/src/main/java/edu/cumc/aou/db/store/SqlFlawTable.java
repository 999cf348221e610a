package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.FlawTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The flaws of the source. */
final class SqlFlawTable implements FlawTable {

  /** A row is a few hundred bytes long. */
  private static final int PAGE = 5_000;

  /** SQL Server takes at most 2,100 parameters, and uses no index for a long list. */
  private static final int LOOKUP = 200;

  private static final String QUERY =
      "SELECT f.subject, f.what, f.kind, f.source_hash, f.source_value, f.row_position, f.first_run,"
          + " d.source_hash AS decided FROM $.sync_flaw f LEFT JOIN $.sync_decision d ON d.kind = '"
          + DecisionTable.Kind.FLAW
          + "' AND d.subject = f.subject AND d.about = f.what ";

  private final StoreDatabase store;

  SqlFlawTable(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public Cursor<Flaw> read() {
    return new PagedCursor<>(
        last -> last == null ? page("", "") : page(last.subject(), last.what()));
  }

  private List<Flaw> page(String subject, String what) {
    return store.read(
        "reading what is amiss in the source",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        QUERY
                            + "WHERE f.subject >= :subject AND (f.subject > :subject OR f.what > :what)"
                            + " ORDER BY f.subject, f.what "
                            + store.dialect().limit()))
                .setFetchSize(PAGE)
                .bind("subject", subject)
                .bind("what", what)
                .bind("limit", PAGE)
                .map(ForeignCells.rows("sync_flaw", SqlFlawTable::flaw))
                .list());
  }

  @Override
  public List<Flaw> of(PmiId pmiId) {
    return store.read(
        "reading what is amiss of a participant",
        handle ->
            handle
                .createQuery(store.sql(QUERY + "WHERE f.subject = :subject ORDER BY f.what"))
                .bind("subject", pmiId.value())
                .map(ForeignCells.rows("sync_flaw", SqlFlawTable::flaw))
                .list());
  }

  private static Flaw flaw(ResultSet row) throws SQLException {
    return new Flaw(
        row.getString("subject"),
        Kind.valueOf(row.getString("kind")),
        row.getString("what"),
        row.getString("source_hash"),
        row.getString("source_value"),
        row.getLong("row_position"),
        new RunId(row.getLong("first_run")),
        row.getString("decided"));
  }

  @Override
  public List<Flaw> change(List<Flaw> gone, List<Flaw> found) {
    if (gone.isEmpty() && found.isEmpty()) {
      return List.of();
    }
    return store.write(
        "noting what is amiss in the source",
        handle -> {
          remove(handle, gone);
          remove(handle, found);
          insert(handle, found);
          return decided(handle, found);
        });
  }

  private void remove(Handle handle, List<Flaw> flaws) {
    if (flaws.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            store.sql("DELETE FROM $.sync_flaw WHERE subject = :subject AND what = :what"));
    flaws.forEach(f -> batch.bind("subject", f.subject()).bind("what", f.what()).add());
    int[] unused = batch.execute();
  }

  private void insert(Handle handle, List<Flaw> flaws) {
    if (flaws.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            store.sql(
                "INSERT INTO $.sync_flaw (subject, what, kind, source_hash, source_value, row_position, first_run)"
                    + " VALUES (:subject, :what, :kind, :hash, :value, :position, :run)"));
    for (Flaw flaw : flaws) {
      RunId run = flaw.firstRun();
      if (run == null) {
        throw new IllegalArgumentException("a flaw that is kept names the run that found it");
      }
      batch
          .bind("subject", flaw.subject())
          .bind("what", flaw.what())
          .bind("kind", flaw.kind().name())
          .bind("hash", flaw.sourceHash())
          .bind("value", flaw.value())
          .bind("position", flaw.position())
          .bind("run", run.value())
          .add();
    }
    int[] unused = batch.execute();
  }

  /** The flaws that a person has decided about, with the same source. */
  private List<Flaw> decided(Handle handle, List<Flaw> found) {
    List<String> subjects = found.stream().map(Flaw::subject).distinct().toList();
    List<Flaw> decided = new ArrayList<>();
    for (int from = 0; from < subjects.size(); from += LOOKUP) {
      List<String> some = subjects.subList(from, Math.min(from + LOOKUP, subjects.size()));
      handle
          .createQuery(store.sql(QUERY + "WHERE f.subject IN (<subjects>) AND d.verdict = :known"))
          .bindList("subjects", some)
          .bind("known", DecisionTable.Verdict.ACKNOWLEDGED.name())
          .map(ForeignCells.rows("sync_flaw", SqlFlawTable::flaw))
          .stream()
          .filter(Flaw::isAcknowledged)
          .filter(f -> found.stream().anyMatch(f::isAt))
          .forEach(decided::add);
    }
    return decided;
  }
}
