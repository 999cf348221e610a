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
 * How the relations are read: by SNAPSHOT where each of their databases allows it, else READ
 * COMMITTED; never anything that shows rows which were not committed. Thread-safe.
 */
final class SourceIsolation {

  /** What a server may say that does not know the question, or the level. */
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
   * Opens something at the level that the source allows. A server may say that it has snapshots and
   * refuse them when it comes to it, each with a number of its own: what is refused by SNAPSHOT for
   * a reason that is in no list is tried once by READ COMMITTED, and what goes well then is read so
   * from now on. A statement that took too long, or failed for a reason that is known, is not begun
   * a second time.
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
        // a server that cannot say so has no snapshots for us
        return false;
      }
      throw e;
    }
  }
}
