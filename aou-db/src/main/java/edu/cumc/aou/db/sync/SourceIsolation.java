package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.internal.Database;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the relations are read: by SNAPSHOT where each of their databases allows it, else READ
 * COMMITTED; never anything that shows rows which were not committed. Thread-safe.
 */
final class SourceIsolation {

  /** What SQL Server says when a database behind a view does not allow snapshots after all. */
  private static final Set<Integer> NOT_ALLOWED = Set.of(3951, 3952, 3953, 3954, 3956, 3958);

  private final Database database;
  private final List<RelationName> relations;
  private OptionalInt level = OptionalInt.empty();

  SourceIsolation(Database database, List<RelationName> relations) {
    this.database = database;
    this.relations = relations;
  }

  /** The level for {@link Connection#setTransactionIsolation}. */
  synchronized int level() {
    if (level.isEmpty()) {
      level =
          OptionalInt.of(
              allowsSnapshots()
                  ? database.dialect().snapshotLevel()
                  : Connection.TRANSACTION_READ_COMMITTED);
    }
    return level.getAsInt();
  }

  /** Whether to try again, by READ COMMITTED from now on. */
  synchronized boolean isRefused(DatabaseException refused) {
    boolean snapshots = level() != Connection.TRANSACTION_READ_COMMITTED;
    if (snapshots && NOT_ALLOWED.contains(refused.vendorCode())) {
      level = OptionalInt.of(Connection.TRANSACTION_READ_COMMITTED);
      return true;
    }
    return false;
  }

  private boolean allowsSnapshots() {
    Set<@Nullable String> databases = new HashSet<>();
    for (RelationName relation : relations) {
      databases.add(relation.parts().size() == 3 ? relation.parts().get(0) : null);
    }
    try {
      return database.read(
          "asking whether the source allows snapshots",
          handle ->
              handle
                      .createQuery(database.dialect().snapshotDatabases(databases))
                      .mapTo(Integer.class)
                      .one()
                  == databases.size());
    } catch (DatabaseException e) {
      if (e.isTransient() || e.kind() == DatabaseException.Kind.LOGIN_REFUSED) {
        throw e;
      }
      // a server that cannot say so has no snapshots for us
      return false;
    }
  }
}
