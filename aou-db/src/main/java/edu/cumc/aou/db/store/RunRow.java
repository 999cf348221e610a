package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.OrgChange;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.RunTable;
import edu.cumc.aou.sync.port.RunTable.OrgSeen;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
        mode(row.getString("run_mode")),
        RunState.valueOf(row.getString("state")),
        row.getString("org_id"),
        row.getString("mapping_fingerprint"),
        RowCodec.instant(row, "started_at"),
        RowCodec.instantOrNull(row, "finished_at"),
        tallies(row.getString("counts")),
        shown(row.getString("trips"), json -> trips(CanonicalJson.list(json))),
        undone(row),
        org(row));
  }

  /** A run of no known mode counts as a sync, which goes on if it has not ended. */
  private static RunMode mode(String word) {
    return Arrays.stream(RunMode.values())
        .filter(mode -> mode.name().equals(word))
        .findFirst()
        .orElse(RunMode.SYNC);
  }

  /** What is counted of a run; of what nobody can read, only that it is so. */
  static Tallies tallies(String json) {
    try {
      return Tallies.of(CanonicalJson.numbers(json));
    } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
      return Tallies.of(Map.of(RunTable.UNREADABLE, 1L));
    }
  }

  /** A list that is only shown to people; empty if nobody can read it. */
  private static <T> List<T> shown(@Nullable String json, Function<String, List<T>> reading) {
    try {
      return json == null ? List.of() : reading.apply(json);
    } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
      return List.of();
    }
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
        shown(row.getString("org_changes"), json -> ofTexts(CanonicalJson.list(json))));
  }

  static String changes(List<OrgChange> changes) {
    return CanonicalJson.write(
        changes.stream()
            .flatMap(c -> Stream.of(c.kind().name(), c.what(), c.was(), c.is()))
            .toList());
  }

  private static List<OrgChange> ofTexts(List<String> texts) {
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
