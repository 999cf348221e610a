package edu.cumc.aou.db.source;

import edu.cumc.aou.db.internal.Database;

/** A source on a database that a test watches. */
public final class WatchedSource {

  private WatchedSource() {}

  public static SqlParticipantSource on(Database database, SourceConfig config, String contactKey) {
    return SqlParticipantSource.on(database, config, contactKey);
  }
}
