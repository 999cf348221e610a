package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Asks a connection whether its server still answers. A process that was halted, as on a laptop
 * that is shut or between two invocations of a function, finds its connections dead and is not
 * told: a statement would wait for the longest time that a statement may take. Thread-safe.
 */
final class Liveness {

  /** A unit of work that pauses for longer, by the clock on the wall, may have been halted. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** What the pool accepts at least. */
  private static final Duration SHORTEST = Duration.ofMillis(250);

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Duration patience;
  private final InstantSource wall;
  private final Map<Connection, Instant> lastUse = Collections.synchronizedMap(new WeakHashMap<>());

  Liveness(DatabaseSettings settings, InstantSource wall) {
    this.wall = wall;
    // all that the pool holds may be dead, and a new one is to be made in the same time
    Duration share = settings.loginTimeout().dividedBy(settings.maxConnections() + 1L);
    Duration atMost = share.compareTo(LONGEST) < 0 ? share : LONGEST;
    patience = atMost.compareTo(SHORTEST) < 0 ? SHORTEST : atMost;
  }

  /** How long a server may take to say that it is there. */
  Duration patience() {
    return patience;
  }

  /** The connection has just had an answer. */
  void used(Connection connection) {
    lastUse.put(connection, wall.instant());
  }

  /** Whether the server answers. */
  boolean isAlive(Connection connection) throws SQLException {
    int limit = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
    // the driver counts whole seconds, and 0 is no limit
    boolean alive = connection.isValid(Math.toIntExact(patience.plusMillis(999).toSeconds()));
    if (alive) {
      connection.setNetworkTimeout(Runnable::run, limit);
    }
    return alive;
  }

  /**
   * Looks at a connection within a unit of work, if the unit has paused.
   *
   * @throws DatabaseException if it is dead
   */
  void require(Connection connection) {
    Instant last = lastUse.get(connection);
    if (last == null || Duration.between(last, wall.instant()).compareTo(PAUSE) < 0) {
      return;
    }
    boolean alive;
    try {
      alive = isAlive(connection);
    } catch (SQLException e) {
      alive = false;
    }
    if (!alive) {
      throw new DatabaseException(
          Kind.UNREACHABLE, "looking whether the connection still answers", "08S01", 0);
    }
  }
}
