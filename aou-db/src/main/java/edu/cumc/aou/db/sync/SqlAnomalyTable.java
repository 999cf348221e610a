package edu.cumc.aou.db.sync;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.Cursor;
import java.util.List;

/** The open anomalies. */
final class SqlAnomalyTable implements AnomalyTable {

  private static final int PAGE = 1_000;

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
                            "UPDATE $.sync_anomaly SET last_run = :run WHERE kind = :kind AND subject = :subject"))
                    .bind("run", run.value())
                    .bind("kind", anomaly.kind().name())
                    .bind("subject", anomaly.subject())
                    .execute();
            if (known == 0) {
              handle
                  .createUpdate(
                      store.sql(
                          "INSERT INTO $.sync_anomaly (kind, subject, first_run, last_run) VALUES (:kind,"
                              + " :subject, :run, :run)"))
                  .bind("run", run.value())
                  .bind("kind", anomaly.kind().name())
                  .bind("subject", anomaly.subject())
                  .execute();
            }
          }
        });
  }

  @Override
  public void closeUnseen(RunId run) {
    store.run(
        "closing anomalies",
        handle -> {
          handle
              .createUpdate(
                  store.sql(
                      "DELETE FROM $.sync_anomaly WHERE last_run < :run AND (kind <> :sending OR NOT EXISTS"
                          + " (SELECT 1 FROM $.sync_change c WHERE c.pmi_id = sync_anomaly.subject"
                          + " AND c.run_id = :run AND c.object = :contact AND c.action = :insert))"))
              .bind("sending", Kind.EXISTED_BEFORE.name())
              .bind("contact", CrmObject.CONTACT.name())
              .bind("insert", Change.Action.INSERT.name())
              .bind("run", run.value())
              .execute();
          // the same oddity another time is news
          handle
              .createUpdate(
                  store.sql(
                      "DELETE FROM $.sync_decision WHERE kind = 'ANOMALY' AND NOT EXISTS (SELECT 1 FROM"
                          + " $.sync_anomaly a WHERE a.kind = sync_decision.about AND a.subject ="
                          + " sync_decision.subject)"))
              .execute();
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
                        "SELECT a.kind, a.subject, a.first_run, d.verdict FROM $.sync_anomaly a LEFT JOIN"
                            + " $.sync_decision d ON d.kind = 'ANOMALY' AND d.subject = a.subject AND d.about = a.kind"
                            + " WHERE a.kind >= :kind AND (a.kind > :kind OR a.subject > :subject) ORDER BY a.kind,"
                            + " a.subject "
                            + store.dialect().limit()))
                .bind("kind", kind)
                .bind("subject", subject)
                .bind("limit", PAGE)
                .map(
                    (row, context) ->
                        new OpenAnomaly(
                            new Anomaly(
                                Kind.valueOf(row.getString("kind")), row.getString("subject")),
                            new RunId(row.getLong("first_run")),
                            row.getString("verdict") != null))
                .list());
  }

  @Override
  public List<AnomalyCount> count(RunId run) {
    return store.read(
        "counting anomalies",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT a.kind, COUNT(*) AS open_count, SUM(CASE WHEN a.first_run = :run THEN 1 ELSE 0 END) AS"
                            + " new_count, COUNT(d.verdict) AS known_count FROM $.sync_anomaly a LEFT JOIN"
                            + " $.sync_decision d ON d.kind = 'ANOMALY' AND d.subject = a.subject AND d.about = a.kind"
                            + " GROUP BY a.kind ORDER BY a.kind"))
                .bind("run", run.value())
                .map(
                    (row, context) ->
                        new AnomalyCount(
                            Kind.valueOf(row.getString("kind")),
                            row.getLong("open_count"),
                            row.getLong("new_count"),
                            row.getLong("known_count")))
                .list());
  }
}
