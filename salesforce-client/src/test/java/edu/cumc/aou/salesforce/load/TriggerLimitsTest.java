package edu.cumc.aou.salesforce.load;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.Clients;
import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.org.Automation;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Triggers that fail with all records at once, for the sake of one or of their number. */
class TriggerLimitsTest {

  private static final String KEY = "HP_PMI_ID__c";
  private static final String CODE = "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY";
  private static final BulkIngest INSERT =
      new BulkIngest("Contact", BulkOperation.INSERT, null, List.of(KEY, "LastName"));

  private final VirtualTime time = new VirtualTime();
  private SalesforceSimulator org;
  private Salesforce salesforce;

  @AfterEach
  void close() {
    salesforce.close();
    org.close();
  }

  /** An org with a trigger that exceeds a limit beyond so many records, or with a certain one. */
  private void start(int most, String culprit) {
    Automation trigger =
        new Automation() {
          private boolean met;

          @Override
          public void afterSave(SavedRecord record) {
            met |= record.get("LastName").equals(Optional.of(culprit));
          }

          @Override
          public void afterChunk(int records) {
            boolean fails = met || records > most;
            met = false;
            if (fails) {
              throw new Refusal(CODE, "T: System.LimitException: Apex CPU time limit exceeded");
            }
          }
        };
    org = SalesforceSimulator.builder().clock(time).automation(trigger).start();
    salesforce = Clients.of(org, time);
  }

  private static List<Map<String, Object>> contacts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Map.<String, Object>of(KEY, "P%09d".formatted(i), "LastName", "N" + i))
        .toList();
  }

  private void assertAllButTheCulprit(List<SaveResult> results, int culprit) {
    for (int i = 0; i < results.size(); i++) {
      if (i == culprit) {
        assertThat(results.get(i))
            .isEqualTo(new Refused(List.of(new RecordError(CODE, List.of(), false))));
      } else {
        assertThat(results.get(i)).isInstanceOf(Saved.class);
      }
    }
    assertThat(org.records("Contact").map(c -> c.get(KEY)).distinct())
        .hasSize(results.size() - 1)
        .hasSameSizeAs(org.records("Contact").toList());
  }

  @Test
  void recordThatMakesATriggerFailWithAll_isSingledOut() {
    start(200, "N77");

    List<SaveResult> results = salesforce.createAll("Contact", contacts(200));

    assertAllButTheCulprit(results, 77);
  }

  @Test
  void triggerThatTakesFewAtOnce_getsFewAtOnce() {
    start(30, "nobody");

    List<SaveResult> results = salesforce.createAll("Contact", contacts(200));

    assertThat(results).allMatch(Saved.class::isInstance);
    // 200 makes 100, 50 and 25
    assertThat(org.requestCounts())
        .containsEntry("POST /services/data/{version}/composite/sobjects", 1 + 2 + 4 + 8);
  }

  @Test
  void rowsOfAJobThatFailedWithOthers_areWrittenByCollections() {
    start(200, "N77");
    LoadSettings byBulk = LoadSettings.DEFAULT.withBulkFrom(1);

    LoadReport report = Loads.load(salesforce, INSERT, KEY, contacts(500), byBulk);

    assertThat(report.failure()).isEmpty();
    assertThat(report.results().get(77)).isEqualTo(new LoadOutcome.Refused(CODE, List.of()));
    assertThat(report.saved()).isEqualTo(499);
    assertThat(org.records("Contact").map(c -> c.get(KEY)).distinct()).hasSize(499);
    assertThat(org.records("Contact")).hasSize(499);
  }

  @Test
  void triggerThatFailsWithEveryRecord_isGivenUpAfterABearableNumberOfCalls() {
    start(0, "nobody");

    List<SaveResult> results = salesforce.createAll("Contact", contacts(200));

    assertThat(results)
        .allMatch(new Refused(List.of(new RecordError(CODE, List.of(), false)))::equals);
    assertThat(org.records("Contact")).isEmpty();
    assertThat(salesforce.usage().total()).isLessThanOrEqualTo(1 + 1 + 64);
  }
}
