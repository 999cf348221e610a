package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.OrgChange;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.RunTable.OrgSeen;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run as a row of its table. */
final class RunRow {

  /** The number of texts in a change. */
  private static final int OF_A_CHANGE = 4;

  private RunRow() {}

  static Run read(ResultSet row) throws SQLException {
    return new Run(
        new RunId(row.getLong("run_id")),
        RunMode.valueOf(row.getString("run_mode")),
        RunState.valueOf(row.getString("state")),
        row.getString("org_id"),
        row.getString("mapping_fingerprint"),
        RowCodec.instant(row, "started_at"),
        RowCodec.instantOrNull(row, "finished_at"),
        Tallies.of(CanonicalJson.numbers(row.getString("counts"))),
        trips(CanonicalJson.list(row.getString("trips"))),
        undone(row),
        org(row));
  }

  private static @Nullable RunId undone(ResultSet row) throws SQLException {
    long undone = row.getLong("undone");
    return row.wasNull() ? null : new RunId(undone);
  }

  private static List<GuardTrip> trips(List<String> texts) {
    List<GuardTrip> trips = new ArrayList<>();
    for (int i = 0; i + 1 < texts.size(); i += 2) {
      trips.add(new GuardTrip(texts.get(i), texts.get(i + 1)));
    }
    return trips;
  }

  private static OrgSeen org(ResultSet row) throws SQLException {
    long traits = row.getLong("org_traits");
    RunId keeper = row.wasNull() ? null : new RunId(traits);
    return new OrgSeen(
        row.getString("org_name"),
        row.getString("org_fields"),
        keeper,
        RowCodec.instantOrNull(row, "org_rules_at"),
        changes(row.getString("org_changes")));
  }

  static String changes(List<OrgChange> changes) {
    return CanonicalJson.write(
        changes.stream()
            .flatMap(c -> Stream.of(c.kind().name(), c.what(), c.was(), c.is()))
            .toList());
  }

  private static List<OrgChange> changes(@Nullable String json) {
    List<String> texts = json == null ? List.of() : CanonicalJson.list(json);
    List<OrgChange> changes = new ArrayList<>();
    for (int i = 0; i + OF_A_CHANGE <= texts.size(); i += OF_A_CHANGE) {
      changes.add(
          new OrgChange(
              OrgChange.Kind.valueOf(texts.get(i)),
              texts.get(i + 1),
              texts.get(i + 2),
              texts.get(i + 3)));
    }
    return changes;
  }
}
