package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.MatchTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The records that duplicate rules named. */
final class SqlMatchTable implements MatchTable {

  private static final String SELECT = "SELECT pmi_id, contact_id FROM $.sync_match ";
  private static final String IN_ORDER = " ORDER BY pmi_id, contact_id";

  private final StoreDatabase store;

  SqlMatchTable(StoreDatabase store) {
    this.store = store;
  }

  /** One record that a rule found similar to a participant. */
  private record Match(PmiId pmiId, ContactId contact) {
    static Match of(ResultSet row) throws SQLException {
      return new Match(
          new PmiId(row.getString("pmi_id")), new ContactId(row.getString("contact_id")));
    }
  }

  @Override
  public void note(RunId run, Map<PmiId, List<ContactId>> matches) {
    if (matches.isEmpty()) {
      return;
    }
    store.run(
        "noting what a duplicate rule named",
        handle -> {
          PreparedBatch old =
              handle.prepareBatch(store.sql("DELETE FROM $.sync_match WHERE pmi_id = :pmi"));
          matches.keySet().forEach(pmi -> old.bind("pmi", pmi.value()).add());
          int[] unusedOld = old.execute();
          PreparedBatch rows =
              handle.prepareBatch(
                  store.sql(
                      "INSERT INTO $.sync_match (pmi_id, contact_id, run_id) VALUES (:pmi, :contact, :run)"));
          matches.forEach(
              (pmi, contacts) ->
                  contacts.stream()
                      .distinct()
                      .forEach(
                          contact ->
                              rows.bind("pmi", pmi.value())
                                  .bind("contact", contact.value())
                                  .bind("run", run.value())
                                  .add()));
          int[] unusedRows = rows.execute();
        });
  }

  @Override
  public Map<PmiId, List<ContactId>> of(RunId run) {
    return byPerson(
        store.read(
            "reading what a duplicate rule named",
            handle ->
                handle
                    .createQuery(store.sql(SELECT + "WHERE run_id = :run" + IN_ORDER))
                    .bind("run", run.value())
                    .map((row, context) -> Match.of(row))
                    .list()));
  }

  @Override
  public List<ContactId> of(PmiId pmiId) {
    return store.read(
        "reading what a duplicate rule named",
        handle ->
            handle
                .createQuery(store.sql(SELECT + "WHERE pmi_id = :pmi" + IN_ORDER))
                .bind("pmi", pmiId.value())
                .map((row, context) -> Match.of(row).contact())
                .list());
  }

  @Override
  public Map<PmiId, List<ContactId>> all() {
    return byPerson(
        store.read(
            "reading what duplicate rules named",
            handle ->
                handle
                    .createQuery(store.sql(SELECT + IN_ORDER))
                    .map((row, context) -> Match.of(row))
                    .list()));
  }

  private static Map<PmiId, List<ContactId>> byPerson(List<Match> matches) {
    Map<PmiId, List<ContactId>> byPerson = new TreeMap<>();
    matches.forEach(
        m -> byPerson.computeIfAbsent(m.pmiId(), unused -> new ArrayList<>()).add(m.contact()));
    return byPerson;
  }
}
