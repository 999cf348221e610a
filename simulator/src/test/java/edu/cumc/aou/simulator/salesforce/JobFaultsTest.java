package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.assertRowError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobFaultsTest {
  private static final String CLOSE = ".+/jobs/ingest/[^/]+";

  private final VirtualClock clock = new VirtualClock();
  private SalesforceSimulator org = SalesforceSimulator.builder().clock(clock).start();
  private Caller caller = Caller.loggedIn(org);
  private BulkCaller bulk = new BulkCaller(caller);

  private void restart(SalesforceSimulatorBuilder builder) {
    org.close();
    org = builder.clock(clock).start();
    caller = Caller.loggedIn(org);
    bulk = new BulkCaller(caller);
  }

  @AfterEach
  void close() {
    org.close();
  }

  private String contacts(int count) {
    StringBuilder csv = new StringBuilder("HP_PMI_ID__c,LastName,AccountId\n");
    IntStream.range(0, count)
        .forEach(i -> csv.append("P%09d,N%d,%s\n".formatted(i, i, org.accountId())));
    return csv.toString();
  }

  @Test
  void failedJob_leavesAllRowsUnprocessed() {
    org.faults().on("PATCH", CLOSE, 1, Fault.jobFailed("TooManyLockFailure : Too many"));
    String job = bulk.createUpsert();
    JsonNode failed = bulk.run(job, contacts(3));

    assertThat(failed.path("state").asText()).isEqualTo("Failed");
    assertThat(failed.path("errorMessage").asText()).isEqualTo("TooManyLockFailure : Too many");
    assertThat(failed.path("numberRecordsProcessed").asInt(-1)).isZero();
    assertThat(bulk.lines(job, "unprocessedrecords")).hasSize(4);
    assertThat(org.records("Contact")).isEmpty();
    String next = bulk.createUpsert();
    assertThat(bulk.run(next, contacts(3)).path("state").asText()).isEqualTo("JobComplete");
  }

  @Test
  void jobThatFailsOnItsWay_hasAllThreeResults() {
    org.faults().on("POST", ".+/jobs/ingest", 1, Fault.rowsUnprocessed(250, "Timeout : slow"));
    String job = bulk.createUpsert();
    JsonNode failed = bulk.run(job, contacts(1_000) + "P000009999,,\n");

    assertThat(failed.path("state").asText()).isEqualTo("Failed");
    assertThat(failed.path("numberRecordsProcessed").asInt()).isEqualTo(250);
    assertThat(bulk.lines(job, "successfulResults")).hasSize(251);
    assertThat(bulk.lines(job, "failedResults")).hasSize(1);
    assertThat(bulk.lines(job, "unprocessedrecords")).hasSize(752);
    assertThat(org.records("Contact")).hasSize(250);
  }

  @Test
  void stuckJob_staysInProgressUntilItIsAborted() {
    restart(
        SalesforceSimulator.builder()
            .fault(DeclaredFault.parse("job-stuck on PATCH /jobs/ingest/* nth=1 after=2")));
    String job = bulk.createUpsert();
    bulk.run(job, contacts(5));
    clock.advance(Duration.ofMinutes(90));

    JsonNode stuck = bulk.job(job);
    assertThat(stuck.path("state").asText()).isEqualTo("InProgress");
    assertThat(stuck.path("numberRecordsProcessed").asInt()).isEqualTo(2);
    bulk.state(job, "Aborted");
    assertThat(bulk.lines(job, "unprocessedrecords")).hasSize(4);
    assertThat(bulk.lines(job, "successfulResults")).hasSize(3);
  }

  @Test
  void queryJobs_failAndGetStuckToo() {
    org.faults().on("POST", ".+/jobs/query", 1, Fault.jobFailed("Timeout : slow"));
    org.faults().on("POST", ".+/jobs/query", 2, Fault.jobStuck(0));
    JsonNode failed = query();
    JsonNode stuck = query();
    JsonNode good = query();

    assertThat(failed.path("state").asText()).isEqualTo("Failed");
    assertThat(failed.path("errorMessage").asText()).isEqualTo("Timeout : slow");
    assertThat(stuck.path("state").asText()).isEqualTo("InProgress");
    assertThat(good.path("state").asText()).isEqualTo("JobComplete");
  }

  private JsonNode query() {
    String id =
        json(caller.post(
                DATA + "/jobs/query",
                "{\"operation\":\"query\",\"query\":\"SELECT Id FROM Contact\"}"))
            .path("id")
            .asText();
    return json(caller.get(DATA + "/jobs/query/" + id));
  }

  @Test
  void cutResults_missRowsWithoutASign() {
    String job = bulk.createUpsert();
    bulk.run(job, contacts(10));
    org.faults().on("GET", ".+/successfulResults", 1, Fault.resultsCut());
    org.faults().on("GET", ".+/results", 1, Fault.resultsCut());

    assertThat(bulk.lines(job, "successfulResults")).hasSize(6);
    assertThat(bulk.lines(job, "successfulResults")).hasSize(11);
    String results = DATA + "/jobs/query/" + query().path("id").asText() + "/results";
    assertThat(caller.get(results).body().lines()).hasSize(6);
    assertThat(caller.get(results).body().lines()).hasSize(11);
  }

  @Test
  void chosenRow_failsSoManyTimes_byEveryPath() {
    org.faults().onRow("Contact", "HP_PMI_ID__c", "P000000001", 3, "UNABLE_TO_LOCK_ROW", "locked");
    String job = bulk.createUpsert();
    JsonNode done = bulk.run(job, contacts(3));
    assertThat(done.path("numberRecordsFailed").asInt()).isEqualTo(1);
    assertThat(bulk.lines(job, "failedResults").get(1))
        .startsWith("\"\",\"UNABLE_TO_LOCK_ROW:locked:--\",\"P000000001\"");

    String record = "{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\"B\",\"HP_PMI_ID__c\":";
    JsonNode rows =
        json(
            caller.patch(
                DATA + "/composite/sobjects/Contact/HP_PMI_ID__c",
                "{\"records\":[" + record + "\"P000000000\"}," + record + "\"P000000001\"}]}"));
    assertThat(rows.get(0).path("success").asBoolean()).isTrue();
    assertRowError(rows.get(1), "UNABLE_TO_LOCK_ROW");
    String one = DATA + "/sobjects/Contact/HP_PMI_ID__c/P000000001";
    assertError(caller.patch(one, "{\"LastName\":\"C\"}"), 400, "UNABLE_TO_LOCK_ROW");
    assertThat(caller.patch(one, "{\"LastName\":\"C\"}").statusCode()).isEqualTo(201);
  }

  @Test
  void batch_holdsItsAccount_againstEverybodyElse() {
    restart(
        SalesforceSimulator.builder()
            .bulk(BulkSettings.DEFAULT.withTimes(Duration.ZERO, Duration.ofSeconds(100))));
    String first = bulk.createUpsert();
    bulk.run(first, contacts(1_000));
    String second = bulk.create("{\"object\":\"Contact\",\"operation\":\"insert\"}");
    clock.advance(Duration.ofSeconds(3));
    bulk.run(second, "LastName,AccountId\nA," + org.accountId() + "\nB,\n");
    clock.advance(Duration.ofSeconds(3));

    assertThat(bulk.job(second).path("numberRecordsFailed").asInt()).isEqualTo(1);
    assertThat(bulk.lines(second, "failedResults").get(1))
        .contains("UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 1")
        .endsWith("\"A\",\"" + org.accountId() + "\"");
    String contact = "{\"LastName\":\"C\",\"AccountId\":\"" + org.accountId() + "\"}";
    assertError(caller.post(DATA + "/sobjects/Contact", contact), 400, "UNABLE_TO_LOCK_ROW");
    assertThatThrownBy(
            () -> org.create("Contact", Map.of("LastName", "D", "AccountId", org.accountId())))
        .hasMessageContaining("UNABLE_TO_LOCK_ROW");
    clock.advance(Duration.ofMinutes(5));

    assertThat(bulk.job(first).path("numberRecordsProcessed").asInt()).isEqualTo(1_000);
    assertThat(bulk.job(first).path("numberRecordsFailed").asInt()).isZero();
    caller.create("Contact", contact);
    // the flow waits for its turn
    assertThat(org.records("Opportunity")).hasSize(1_002);
  }
}
