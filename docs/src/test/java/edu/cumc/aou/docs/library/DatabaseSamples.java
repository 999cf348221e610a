package edu.cumc.aou.docs.library;

import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.source.SourceConfig;
import edu.cumc.aou.db.source.SqlParticipantSource;
import edu.cumc.aou.db.store.SqlSyncStore;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceQuery;
import edu.cumc.aou.sync.port.StatusRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The samples of the manual that use the data layer alone. */
final class DatabaseSamples {

  private DatabaseSamples() {}

  // begin
  static Map<String, Integer> participants(String jdbcUrl, String user, DatabaseSecret password) {
    DatabaseSettings database = DatabaseSettings.of(jdbcUrl).withLogin(user, password);
    RelationName contacts = new RelationName(List.of("dm_aou", "dbo", "vw_reporting_base"));
    RelationName journeys = new RelationName(List.of("dm_aou", "dbo", "healthpro"));
    SourceConfig place = new SourceConfig(database, contacts, journeys, null);
    StatusRule status =
        (contact, journey) ->
            journey != null && Cells.plain().line(journey, "Withdrawal Status").equals("1")
                ? ParticipantStatus.WITHDRAWN
                : ParticipantStatus.ACTIVE;
    SourceQuery query =
        new SourceQuery(
            "PMI ID_HP", List.of("Last Name_HP"), "PMI ID", List.of("Withdrawal Status"), status);
    Map<String, Integer> counts = new TreeMap<>();
    try (SqlParticipantSource source = SqlParticipantSource.open(place, "PMI ID_HP");
        Cursor<SourceEntry> people = source.read(query)) { // ordered by PMI ID, in constant memory
      while (people.hasNext()) {
        SourceEntry entry = people.next();
        if (entry instanceof SourceEntry.Found found) {
          counts.merge(found.participant().status().name(), 1, Integer::sum);
        } else if (entry instanceof SourceEntry.Rejected rejected) {
          counts.merge(rejected.reason().code(), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  // end

  // begin
  static void install(DatabaseSettings database, String schema) {
    try (SqlSyncStore store = SqlSyncStore.open(database, schema)) {
      store.installer().install(false); // what is there already stays
      store.verify();
    }
  }

  // end

  // begin
  static String lastRun(DatabaseSettings database, String schema) {
    try (SqlSyncStore store = SqlSyncStore.open(database, schema)) {
      store.verify(); // the tables are there, in the version of this program
      for (Run run : store.runs().latest(1)) {
        return "run "
            + run.id()
            + " is "
            + run.state()
            + "; "
            + store.ids().counts().complete()
            + " participants have a Contact and a journey";
      }
      return "there was no run yet";
    }
  }
  // end
}
