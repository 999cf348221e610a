package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.db.testing.StatementWatch;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run that is stopped before and after each transaction of the store. */
@Tag("slow")
class InterruptedStoreTest {

  private static final int PEOPLE = 5;

  @Test
  void run_stoppedAroundAnyTransaction_leavesTheAnalystsTablesWhole_andTheNextFinishes() {
    List<Integer> stops;
    try (SqlWorld undisturbed = new SqlWorld(PEOPLE)) {
      undisturbed.firstSync();
      stops = stops(undisturbed.storeWatch.executed());
    }
    assertThat(stops).hasSizeGreaterThan(60);
    for (int nth : stops) {
      try (SqlWorld world = new SqlWorld(PEOPLE)) {
        stopBefore(world, nth);
        assertConsistent(world, nth);
        world.leaseRunsOut();
        world.firstSync();
        assertFinished(world, nth);
      }
    }
  }

  /**
   * The numbers of the statements to stop before: the end of each transaction that writes more than
   * the lease, and the statement after it. Between two such ends the database holds the same.
   */
  private static List<Integer> stops(List<String> executed) {
    Set<Integer> stops = new TreeSet<>();
    boolean writes = false;
    for (int i = 0; i < executed.size(); i++) {
      String sql = executed.get(i);
      if (sql.equals("COMMIT")) {
        if (writes) {
          stops.add(i + 1);
          stops.add(Math.min(i + 2, executed.size()));
        }
        writes = false;
      } else {
        writes |= !sql.startsWith("SELECT") && !sql.startsWith("UPDATE \"dbo\".sync_lease");
      }
    }
    return List.copyOf(stops);
  }

  private static void stopBefore(SqlWorld world, int nth) {
    world.storeWatch.killBefore(nth);
    boolean stopped = false;
    try {
      world.firstSync();
    } catch (StatementWatch.Kill e) {
      stopped = true;
    }
    assertThat(stopped).as("stopped before statement %d", nth).isTrue();
    world.storeWatch.killNoMore();
  }

  /** Either nothing is written back yet, or all of it is: the three agree at any time. */
  private static void assertConsistent(SqlWorld world, int nth) {
    List<String> bad =
        world.texts(
            "SELECT 'relationship without contact' FROM dbo.Relationship r WHERE NOT EXISTS (SELECT 1 FROM"
                + " dbo.Contact_PMI p WHERE p.Contact_Id = r.Contact_Id AND p.PMI_Id = r.PMI_Id) UNION ALL SELECT"
                + " 'relationship without journey' FROM dbo.Relationship r WHERE r.Journey_Id IS NOT NULL AND NOT"
                + " EXISTS (SELECT 1 FROM dbo.Contact_Journey j WHERE j.Contact_Id = r.Contact_Id AND j.Journey_Id ="
                + " r.Journey_Id) UNION ALL SELECT 'contact without relationship' FROM dbo.Contact_PMI p WHERE NOT"
                + " EXISTS (SELECT 1 FROM dbo.Relationship r WHERE r.PMI_Id = p.PMI_Id)");
    assertThat(bad).as("stopped before statement %d", nth).isEmpty();
    assertThat(world.texts("SELECT COUNT(*) FROM dbo.Relationship").get(0))
        .as("stopped before statement %d", nth)
        .isIn("0", String.valueOf(PEOPLE));
  }

  private static void assertFinished(SqlWorld world, int nth) {
    for (int n = 1; n <= PEOPLE; n++) {
      assertThat(world.crm.contactsWith(TestParticipants.pmiId(n)))
          .as("statement %d, person %d", nth, n)
          .isEqualTo(1);
    }
    assertThat(world.store.ids().counts().complete()).as("statement %d", nth).isEqualTo(PEOPLE);
    SyncReport again = world.nextSync();
    assertThat(again.plannedTotal()).as("statement %d", nth).isZero();
  }
}
