package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.db.testing.StatementWatch;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a run costs in statements follows its batches and pages, never its rows. */
class StatementCountTest {

  /** A call to Salesforce takes so many records, and marks and stores their answers at once. */
  private static final int CALL = 200;

  private static Map<String, Integer> countsOf(int people, boolean again) {
    try (SqlWorld world = new SqlWorld(people)) {
      world.firstSync();
      Map<String, Integer> counts = new TreeMap<>(world.storeWatch.counts());
      if (again) {
        world.nextSync();
        world.storeWatch.forget();
        world.sourceWatch.forget();
        world.nextSync();
        counts = new TreeMap<>(world.storeWatch.counts());
        world.sourceWatch.counts().forEach(counts::put);
      }
      counts.remove(StatementWatch.COMMIT);
      return counts;
    }
  }

  @Test
  void firstRun_growsByBatchesOnly() {
    Map<String, Integer> fifty = countsOf(50, false);
    Map<String, Integer> fiveHundred = countsOf(500, false);
    assertThat(fiveHundred.keySet()).isEqualTo(fifty.keySet());
    int moreCalls = (500 + CALL - 1) / CALL - 1;
    fiveHundred.forEach(
        (sql, count) ->
            assertThat(count - fifty.get(sql))
                // renewed before each call and in every transaction of it, for both objects; and in
                // the one that writes the second page of the plan
                .as("more executions for 500 than for 50 of: %s", sql)
                .isBetween(0, sql.contains("sync_lease") ? 8 * moreCalls + 1 : 3 * moreCalls));
  }

  @Test
  void quietRun_costsTheSameWhateverThePopulation() {
    assertThat(countsOf(500, true)).isEqualTo(countsOf(50, true));
  }

  /** Applying counts once: with nothing to write, no step changes the plan. */
  @Test
  void quietRun_countsItsPlanOnceToApply() {
    assertThat(
            countsOf(50, true).entrySet().stream()
                .filter(e -> e.getKey().contains("GROUP BY object, action, state, COALESCE"))
                .mapToInt(Map.Entry::getValue)
                .sum())
        .isEqualTo(5);
  }
}
