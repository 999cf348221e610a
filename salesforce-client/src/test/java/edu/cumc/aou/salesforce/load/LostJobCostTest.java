package edu.cumc.aou.salesforce.load;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.Clients;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.LoadOutcome.Saved;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it costs to find out about 10,000 creates of a job that Salesforce no longer knows. */
class LostJobCostTest {

  private static final String KEY = "HP_PMI_ID__c";
  private static final int ROWS = 10_000;

  /** At least this many keys go into one question. */
  private static final int KEYS = 550;

  private static final LoadOrder ORDER =
      new LoadOrder(
          new BulkIngest("Contact", BulkOperation.INSERT, null, List.of(KEY, "LastName")), KEY);

  private static String key(int number) {
    return "P%09d".formatted(number);
  }

  private static List<LoadRow> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new LoadRow(key(i), Map.of("LastName", "Invented")))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500, 2_000, ROWS})
  void lostJob_costsQuestionsForOpenRowsOnly(int open) {
    VirtualTime time = new VirtualTime();
    List<RowOutcome> told = new ArrayList<>();
    try (SalesforceSimulator org =
            SalesforceSimulator.builder().clock(time).pmiFieldUnique(false).start();
        Salesforce salesforce = Clients.of(org, time)) {
      List<LoadRow> all = rows(ROWS);
      assertThat(
              salesforce
                  .loader()
                  .load(
                      ORDER,
                      IntStream.range(0, ROWS).filter(i -> i % 10 != 3).mapToObj(all::get).toList())
                  .saved())
          .isEqualTo(ROWS - ROWS / 10);
      org.resetCounters();
      LoadTally tally =
          salesforce
              .loader()
              .takeUp(
                  ORDER,
                  new LoadJob("750000000000001AAA", true),
                  all.subList(0, open),
                  time.instant().minusSeconds(60),
                  LoadJournal.of(told::add),
                  Permit.ALWAYS);

      assertThat(tally.failure()).isEmpty();
      assertThat(told.stream().filter(o -> o.outcome() instanceof Saved)).hasSize(open - open / 10);
      assertThat(org.requestCounts().values().stream().mapToInt(Integer::intValue).sum())
          .isLessThanOrEqualTo(1 + (open + KEYS - 1) / KEYS);
    }
  }
}
