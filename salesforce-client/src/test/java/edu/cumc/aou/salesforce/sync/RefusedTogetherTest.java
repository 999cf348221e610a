package edu.cumc.aou.salesforce.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.salesforce.Clients;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.org.Automation;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import edu.cumc.aou.sync.SyncSettings;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.ContactInsert;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.IngestJobs;
import edu.cumc.aou.sync.port.InsertMode;
import edu.cumc.aou.sync.port.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows of an ingest job that a trigger refused together: one of them is to blame. */
class RefusedTogetherTest {

  private static final FieldName LAST_NAME = new FieldName("LastName");
  private static final String CULPRIT = "Culprit";

  private final VirtualTime time = new VirtualTime();

  /** A trigger that fails with all records it is given if a certain one is among them. */
  private static final class Trigger implements Automation {
    private boolean met;

    @Override
    public void afterSave(SavedRecord record) {
      met |= record.get(LAST_NAME.value()).equals(Optional.of(CULPRIT));
    }

    @Override
    public void afterChunk(int records) {
      boolean fails = met;
      met = false;
      if (fails) {
        throw new Refusal(
            "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "T: Apex CPU time limit exceeded");
      }
    }
  }

  private static PmiId pmiId(int n) {
    return new PmiId("P%09d".formatted(n));
  }

  private static FieldValues values(int n, int culprit) {
    return FieldValues.of(Map.of(LAST_NAME, new FieldValue(n == culprit ? CULPRIT : "Muster" + n)));
  }

  private static SyncSettings settings(String accountId) {
    ConfigProblems problems = new ConfigProblems();
    SyncSettings settings =
        SyncSettings.read(
            ConfigSection.root(
                ConfigFactory.parseString("contact.account-id = " + accountId)
                    .withFallback(SyncSettings.defaults())
                    .resolve(),
                problems));
    problems.throwIfAny();
    return settings;
  }

  private static List<WriteResult<String>> carryOut(Crm crm, List<IngestJobs.Row> rows) {
    IngestJobs jobs = crm.jobs();
    IngestJobs.Order order =
        new IngestJobs.Order(
            CrmObject.CONTACT, IngestJobs.Operation.UPSERT_BY_PMI_ID, Set.of(LAST_NAME));
    JobId job = jobs.create(order);
    jobs.upload(job, order, rows);
    jobs.complete(job);
    IngestJobs.Progress progress = jobs.await(job, Duration.ZERO);
    for (int i = 0; i < 10 && progress.stage() == IngestJobs.Stage.UNDER_WAY; i++) {
      progress = jobs.await(job, Duration.ofMinutes(1));
    }
    assertThat(progress.stage()).isEqualTo(IngestJobs.Stage.OVER);
    List<WriteResult<String>> results = new ArrayList<>();
    try (Cursor<IngestJobs.RowResult> answers =
        jobs.results(job, order.object(), order.operation())) {
      while (answers.hasNext()) {
        results.add(answers.next().result());
      }
    }
    return results;
  }

  @Test
  void rowsThatATriggerRefusedTogether_goAgain_andOnlyTheCulpritStaysRefused() {
    try (SalesforceSimulator org =
            SalesforceSimulator.builder().clock(time).automation(new Trigger()).start();
        Salesforce salesforce = Clients.of(org, time)) {
      Crm crm = SalesforceCrm.create(salesforce, settings(org.accountId()));
      int culprit = 77;
      List<IngestJobs.Row> rows =
          IntStream.range(0, 150)
              .mapToObj(n -> new IngestJobs.Row(pmiId(n).value(), values(n, culprit)))
              .toList();

      List<WriteResult<String>> byJob = carryOut(crm, rows);

      assertThat(byJob)
          .hasSize(150)
          .allMatch(r -> r instanceof WriteResult.Refused<String> refused && refused.again());
      assertThat(org.records("Contact")).isEmpty();

      List<ContactInsert> again =
          IntStream.range(0, 150)
              .mapToObj(n -> new ContactInsert(pmiId(n), values(n, culprit)))
              .toList();
      List<?> byCalls = crm.insertContacts(again, InsertMode.UPSERT_BY_PMI_ID);
      for (int n = 0; n < 150; n++) {
        assertThat(byCalls.get(n))
            .isInstanceOf(n == culprit ? WriteResult.Refused.class : WriteResult.Written.class);
      }
    }
  }
}
