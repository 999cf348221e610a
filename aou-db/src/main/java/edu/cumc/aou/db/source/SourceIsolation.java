package edu.cumc.aou.db.source;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.internal.Database;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how to read the relations: by SNAPSHOT where each of their databases allows it, else READ
 * COMMITTED; never in a way that shows uncommitted rows. Thread-safe.
 */
final class SourceIsolation {

  /** The failures of a server that does not know the query, or the level. */
  private static final Set<Kind> UNKNOWN_THERE =
      Set.of(Kind.REFUSED, Kind.DENIED, Kind.MISSING_RELATION, Kind.MISSING_COLUMN);

  private final Database database;
  private final List<RelationName> relations;
  private OptionalInt level = OptionalInt.empty();

  SourceIsolation(Database database, List<RelationName> relations) {
    this.database = database;
    this.relations = relations;
  }

  /** The level for {@link Connection#setTransactionIsolation}. */
  private synchronized int level() {
    if (level.isEmpty()) {
      level =
          OptionalInt.of(
              allowsSnapshots()
                  ? database.dialect().snapshotLevel()
                  : Connection.TRANSACTION_READ_COMMITTED);
    }
    return level.getAsInt();
  }

  /**
   * Opens something at the level that the source allows. A server may claim snapshots and then
   * refuse them, each with a number of its own. So if SNAPSHOT is refused for an unlisted reason,
   * this tries READ COMMITTED once, and keeps to it if that works. It does not repeat a statement
   * that took too long or failed for a known reason.
   */
  <T> T open(IntFunction<T> opening) {
    int asked = level();
    try {
      return opening.apply(asked);
    } catch (DatabaseException e) {
      if (asked == Connection.TRANSACTION_READ_COMMITTED || e.kind() != Kind.REFUSED) {
        throw e;
      }
      T opened = opening.apply(Connection.TRANSACTION_READ_COMMITTED);
      synchronized (this) {
        level = OptionalInt.of(Connection.TRANSACTION_READ_COMMITTED);
      }
      return opened;
    }
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
      if (UNKNOWN_THERE.contains(e.kind())) {
        // A server that cannot answer has no snapshots for us.
        return false;
      }
      throw e;
    }
  }
}
