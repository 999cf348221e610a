package edu.cumc.aou.db.source;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.internal.DriverFailures;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Asks the source for the mark of its last load, by the query of {@code source.load-marker}. */
record LoadMarker(Database database, String query) {

  private static final String OPERATION = "running the query of source.load-marker";

  /** Empty during a load: the query gave NULL, or no row. */
  Optional<String> ask() {
    try {
      return database.read(
          OPERATION,
          handle -> {
            try (Statement statement = handle.getConnection().createStatement()) {
              statement.setEscapeProcessing(false);
              statement.setQueryTimeout(database.queryTimeoutSeconds());
              try (ResultSet row =
                  database.limited(handle, statement, () -> statement.executeQuery(query))) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
              }
            } catch (SQLException e) {
              throw DriverFailures.of(OPERATION, e);
            }
          });
    } catch (DatabaseException e) {
      throw switch (e.kind()) {
        case MISSING_RELATION, MISSING_COLUMN, DENIED, BROKEN_VIEW, CONVERSION, REFUSED ->
            new SyncException(
                FailureKind.CONFIG,
                "source.load-marker: the source database did not accept the query (code "
                    + e.vendorCode()
                    + "); correct it, or grant SELECT on what it reads. Nothing was changed.",
                e);
        default -> e;
      };
    }
  }
}
