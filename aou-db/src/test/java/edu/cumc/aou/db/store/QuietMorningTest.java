package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A morning on which nothing changed costs one read of the source, the keys of the mirror, and a
 * fixed number of statements and calls beside.
 */
class QuietMorningTest {

  /** What a morning asks for that nobody has to be asked about: states, counts, its own row. */
  private static final int BESIDE = 80;

  /**
   * Org and both describes, which the client remembers and the org in memory is asked for twice;
   * Salesforce's time twice, what changed of both objects, both counts in one.
   */
  private static final long CALLS = 11;

  private record Cost(
      Map<String, Integer> statements,
      int sourceRows,
      int storeRows,
      long calls,
      List<String> sql) {}

  private static Cost quietMorning(int people) {
    try (SqlWorld world = new SqlWorld(people)) {
      world.firstSync();
      world.nextSync();
      world.nextSync();
      world.storeWatch.forget();
      world.sourceWatch.forget();
      long callsBefore = world.crm.usage().calls();

      world.nextSync();

      Map<String, Integer> statements = world.storeWatch.counts();
      statements.putAll(world.sourceWatch.counts());
      return new Cost(
          statements,
          sum(world.sourceWatch.rowsRead()),
          sum(world.storeWatch.rowsRead()),
          world.crm.usage().calls() - callsBefore,
          world.storeWatch.executed());
    }
  }

  private static int sum(Map<String, Integer> rows) {
    return rows.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void quietMorning_readsTheSourceOnce_andOneNarrowRowAPerson() {
    Cost sixty = quietMorning(60);
    Cost sixHundred = quietMorning(600);

    assertThat(sixHundred.sourceRows() - sixty.sourceRows())
        .as("rows of the source, of two relations")
        .isEqualTo(2 * 540);
    assertThat(sixHundred.storeRows() - sixty.storeRows())
        .as("rows of the store, one key a person")
        .isEqualTo(540);
    assertThat(sixty.sourceRows()).isLessThan(2 * 60 + 20);
    assertThat(sixty.storeRows()).isLessThan(60 + BESIDE);
  }

  @Test
  void quietMorning_costsAsManyStatementsAndCalls_whateverThePopulation() {
    Cost sixty = quietMorning(60);
    Cost sixHundred = quietMorning(600);

    assertThat(sixHundred.statements()).isEqualTo(sixty.statements());
    assertThat(sixHundred.calls()).isEqualTo(sixty.calls()).isLessThanOrEqualTo(CALLS);
  }

  @Test
  void quietMorning_looksAtNoDocumentOfTheMirror_andWritesNoRowOfIt() {
    assertThat(quietMorning(60).sql())
        .noneMatch(sql -> sql.startsWith("SELECT") && sql.contains("c.fields"))
        .noneMatch(sql -> sql.startsWith("INSERT INTO \"dbo\".mirror_fingerprint"))
        .noneMatch(sql -> sql.startsWith("DELETE FROM \"dbo\".Relationship"))
        .anyMatch(sql -> sql.contains("LEFT JOIN \"dbo\".mirror_fingerprint"));
  }
}
