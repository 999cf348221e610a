package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.DecisionTable.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The open anomalies. */
final class SqlAnomalyTable implements AnomalyTable {

  private static final int PAGE = 1_000;

  /** The anomaly that a decision is about is not open. */
  private static final String ABOUT_NOTHING =
      "NOT EXISTS (SELECT 1 FROM $.sync_anomaly a WHERE a.kind = sync_decision.about AND a.subject"
          + " = sync_decision.subject)";

  private final StoreDatabase store;

  SqlAnomalyTable(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public void seen(RunId run, List<Anomaly> anomalies) {
    if (anomalies.isEmpty()) {
      return;
    }
    store.run(
        "noting anomalies",
        handle -> {
          for (Anomaly anomaly : anomalies) {
            int known =
                handle
                    .createUpdate(
                        store.sql(
                            "UPDATE $.sync_anomaly SET last_run = :run WHERE kind = :kind AND"
                                + " subject = :subject"))
                    .bind("run", run.value())
                    .bind("kind", anomaly.kind().name())
                    .bind("subject", anomaly.subject())
                    .execute();
            if (known == 0) {
              handle
                  .createUpdate(
                      store.sql(
                          "INSERT INTO $.sync_anomaly (kind, subject, first_run, last_run) VALUES"
                              + " (:kind, :subject, :run, :run)"))
                  .bind("run", run.value())
                  .bind("kind", anomaly.kind().name())
                  .bind("subject", anomaly.subject())
                  .execute();
            }
          }
        });
  }

  @Override
  public void look(RunId run) {
    store.run(
        "looking for Contacts and journeys that are not one each",
        handle -> {
          for (MirrorOddity oddity : MirrorOddity.ALL) {
            int unusedAgain =
                handle
                    .createUpdate(store.sql(oddity.seenAgain()))
                    .bind("run", run.value())
                    .execute();
            int unusedAdded =
                handle.createUpdate(store.sql(oddity.add())).bind("run", run.value()).execute();
          }
        });
  }

  @Override
  public void mended(List<Anomaly> anomalies) {
    if (anomalies.isEmpty()) {
      return;
    }
    store.run(
        "closing anomalies that are mended",
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  store.sql(
                      "DELETE FROM $.sync_anomaly WHERE kind = :kind AND subject = :subject"));
          anomalies.forEach(
              a -> batch.bind("kind", a.kind().name()).bind("subject", a.subject()).add());
          int[] unused = batch.execute();
          int unusedEnded =
              SqlDecisionTable.end(
                  store, handle, "kind = 'ANOMALY' AND " + ABOUT_NOTHING, Map.of());
        });
  }

  @Override
  public void closeUnseen(RunId run, LocalDate today) {
    store.run(
        "closing anomalies",
        handle -> {
          handle
              .createUpdate(
                  store.sql(
                      "DELETE FROM $.sync_anomaly WHERE last_run < :run AND (kind <> :sending OR"
                          + " NOT EXISTS (SELECT 1 FROM $.sync_change c WHERE c.pmi_id ="
                          + " sync_anomaly.subject AND c.run_id = :run AND c.object = :contact AND"
                          + " c.action = :insert))"))
              .bind("sending", Kind.EXISTED_BEFORE.name())
              .bind("contact", CrmObject.CONTACT.name())
              .bind("insert", Change.Action.INSERT.name())
              .bind("run", run.value())
              .execute();
          // The same anomaly another time is news.
          SqlDecisionTable.end(
              store,
              handle,
              "kind = 'ANOMALY' AND ("
                  + ABOUT_NOTHING
                  + " OR (verdict ="
                  + " 'WAIT' AND answer <= :today) OR (verdict = 'KEEP' AND NOT EXISTS (SELECT 1"
                  + " FROM $.contact_mirror c LEFT JOIN $.journey_mirror j ON j.contact_id ="
                  + " c.contact_id AND j.is_deleted = 0 WHERE c.pmi_id = sync_decision.subject AND"
                  + " c.is_deleted = 0 AND (c.contact_id = sync_decision.answer~ OR j.journey_id ="
                  + " sync_decision.answer~))))",
              Map.of("today", today.toString()));
        });
  }

  @Override
  public Cursor<OpenAnomaly> read() {
    return new PagedCursor<>(
        last ->
            last == null
                ? page("", "")
                : page(last.anomaly().kind().name(), last.anomaly().subject()));
  }

  private List<OpenAnomaly> page(String kind, String subject) {
    return store.read(
        "reading anomalies",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT a.kind, a.subject, a.first_run, d.verdict, d.answer, d.decided_by,"
                            + " d.why, d.decided_at FROM $.sync_anomaly a LEFT JOIN $.sync_decision"
                            + " d ON d.kind = 'ANOMALY' AND d.subject = a.subject AND d.about ="
                            + " a.kind WHERE a.kind >= :kind AND (a.kind > :kind OR a.subject >"
                            + " :subject) ORDER BY a.kind, a.subject "
                            + store.dialect().limit()))
                .bind("kind", kind)
                .bind("subject", subject)
                .bind("limit", PAGE)
                .map(
                    ForeignCells.rows(
                        "sync_anomaly",
                        row ->
                            new OpenAnomaly(
                                new Anomaly(
                                    Kind.valueOf(row.getString("kind")), row.getString("subject")),
                                new RunId(row.getLong("first_run")),
                                decision(row))))
                .list());
  }

  private static @Nullable Decision decision(ResultSet row) throws SQLException {
    String verdict = row.getString("verdict");
    return verdict == null
        ? null
        : new Decision(
            DecisionTable.Kind.ANOMALY,
            row.getString("subject"),
            row.getString("kind"),
            Verdict.valueOf(verdict),
            row.getString("answer"),
            row.getString("decided_by"),
            row.getString("why"),
            RowCodec.instant(row, "decided_at"),
            "");
  }

  @Override
  public List<AnomalyCount> count(RunId run) {
    return store.read(
        "counting anomalies",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT a.kind, COUNT(*) AS open_count, SUM(CASE WHEN a.first_run = :run"
                            + " THEN 1 ELSE 0 END) AS new_count, COUNT(d.verdict) AS known_count"
                            + " FROM $.sync_anomaly a LEFT JOIN $.sync_decision d ON d.kind ="
                            + " 'ANOMALY' AND d.subject = a.subject AND d.about = a.kind GROUP BY"
                            + " a.kind ORDER BY a.kind"))
                .bind("run", run.value())
                .map(
                    ForeignCells.rows(
                        "sync_anomaly",
                        row ->
                            new AnomalyCount(
                                Kind.valueOf(row.getString("kind")),
                                row.getLong("open_count"),
                                row.getLong("new_count"),
                                row.getLong("known_count"))))
                .list());
  }
}
