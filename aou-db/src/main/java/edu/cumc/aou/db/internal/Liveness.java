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
 * Asks a connection whether its server still answers. A process may be halted, on a closed laptop
 * or between two invocations of a function; then its connections are dead and nothing tells it. A
 * statement would wait for the longest permitted time. Thread-safe.
 */
final class Liveness {

  /** If a unit of work pauses for longer, by the wall clock, the process may have been halted. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** The shortest time that the pool accepts. */
  private static final Duration SHORTEST = Duration.ofMillis(250);

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Duration patience;
  private final InstantSource wall;
  private final Map<Connection, Instant> lastUse = Collections.synchronizedMap(new WeakHashMap<>());

  Liveness(DatabaseSettings settings, InstantSource wall) {
    this.wall = wall;
    // All connections in the pool may be dead, and a new one must be made within the same time.
    Duration share = settings.loginTimeout().dividedBy(settings.maxConnections() + 1L);
    Duration atMost = share.compareTo(LONGEST) < 0 ? share : LONGEST;
    patience = atMost.compareTo(SHORTEST) < 0 ? SHORTEST : atMost;
  }

  /** How long a server may take to answer. */
  Duration patience() {
    return patience;
  }

  /** Notes that the connection has just had an answer. */
  void used(Connection connection) {
    lastUse.put(connection, wall.instant());
  }

  /** Whether the server answers. */
  boolean isAlive(Connection connection) throws SQLException {
    int limit = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
    // The driver counts whole seconds, and 0 means no limit.
    boolean alive = connection.isValid(Math.toIntExact(patience.plusMillis(999).toSeconds()));
    if (alive) {
      connection.setNetworkTimeout(Runnable::run, limit);
    }
    return alive;
  }

  /**
   * Checks a connection within a unit of work, if the unit has paused.
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
