package edu.cumc.aou.db.source;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.internal.DriverFailures;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a value table. */
record ValueRows(Database database, String name, String key, String value) {

  /** Memory holds all of them during a run. */
  private static final int MOST = 100_000;

  private static final String OPERATION = "reading a table of values";

  Map<String, String> read() {
    Optional<RelationName> relation = RelationName.tryParse(name);
    if (relation.isEmpty()) {
      throw wrong("is no name of a table or view: write it in one to three parts");
    }
    String from = database.dialect().quote(relation.get());
    String keyColumn = database.dialect().quote(key);
    String sql =
        "SELECT "
            + keyColumn
            + ", "
            + database.dialect().quote(value)
            + " FROM "
            + from
            + " WHERE "
            + keyColumn
            + " IS NOT NULL";
    try {
      return database.read(
          OPERATION,
          handle -> {
            try (Statement statement = handle.getConnection().createStatement()) {
              statement.setEscapeProcessing(false);
              statement.setQueryTimeout(database.queryTimeoutSeconds());
              try (ResultSet rows =
                  database.limited(handle, statement, () -> statement.executeQuery(sql))) {
                return values(rows);
              }
            } catch (SQLException e) {
              throw DriverFailures.of(OPERATION, e);
            }
          });
    } catch (DatabaseException e) {
      throw switch (e.kind()) {
        case MISSING_RELATION, MISSING_COLUMN, DENIED, BROKEN_VIEW ->
            new SyncException(
                FailureKind.CONFIG,
                text(
                    "is not there, lacks the column "
                        + key
                        + " or "
                        + value
                        + ", or the login of the source may not read it; correct the step, or grant"
                        + " SELECT"),
                e);
        default -> e;
      };
    }
  }

  private Map<String, String> values(ResultSet rows) throws SQLException {
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    while (rows.next()) {
      String found = Optional.ofNullable(rows.getString(2)).orElse("").strip();
      String before = values.putIfAbsent(rows.getString(1).strip(), found);
      if (before != null && !before.equals(found)) {
        throw wrong("gives two values for one " + key + "; make its keys unique");
      }
      if (values.size() > MOST) {
        throw wrong("has more than 100,000 rows; name a view with those that occur");
      }
    }
    return values;
  }

  private SyncException wrong(String what) {
    return new SyncException(FailureKind.CONFIG, text(what));
  }

  private String text(String what) {
    return "the table of values " + name + " " + what + ". Nothing was changed.";
  }
}
