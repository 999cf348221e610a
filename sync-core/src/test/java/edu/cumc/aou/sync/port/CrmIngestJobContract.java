package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.CrmFixtures.all;
import static edu.cumc.aou.sync.port.CrmFixtures.contacts;
import static edu.cumc.aou.sync.port.CrmFixtures.refused;
import static edu.cumc.aou.sync.port.CrmFixtures.written;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.port.IngestJobs.Operation;
import edu.cumc.aou.sync.port.IngestJobs.Order;
import edu.cumc.aou.sync.port.IngestJobs.Progress;
import edu.cumc.aou.sync.port.IngestJobs.Row;
import edu.cumc.aou.sync.port.IngestJobs.RowResult;
import edu.cumc.aou.sync.port.IngestJobs.Stage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the {@link IngestJobs} of a {@link Crm} must do. */
public interface CrmIngestJobContract extends CrmContractPart {

  @Test
  default void job_ofUpserts_createsAndUpdatesByPmiId_andTellsWhatBecameOfEach() {
    TestOrg org = org(true);
    ContactId known = org.createContact(pmiText(2), values("LastName", "Old", "FirstName", "Jo"));

    Map<String, WriteResult<String>> results =
        carryOut(
            org,
            order(CrmObject.CONTACT, Operation.UPSERT_BY_PMI_ID, "LastName", "FirstName"),
            row(pmiText(1), "LastName", "O'Neil, \"Bo\" Jr."),
            row(pmiText(2), "LastName", "New", "FirstName", ""),
            row(pmiText(3), "LastName", "x".repeat(81)));

    assertThat(written(results.get(pmiText(1))).created()).isTrue();
    assertThat(org.storedContact(new ContactId(written(results.get(pmiText(1))).id())))
        .containsEntry("LastName", "O'Neil, \"Bo\" Jr.")
        .containsEntry("HP_PMI_ID__c", pmiText(1));
    assertThat(results.get(pmiText(2))).isEqualTo(new WriteResult.Written<>(known.value(), false));
    assertThat(org.storedContact(known))
        .containsEntry("LastName", "New")
        .doesNotContainKey("FirstName");
    assertThat(refused(results.get(pmiText(3))).code()).isEqualTo("STRING_TOO_LONG");
    assertThat(refused(results.get(pmiText(3))).fields()).containsExactly("LastName");
    assertThat(refused(results.get(pmiText(3))).again()).isFalse();
    assertThat(org.contactsWith(pmiId(3))).isZero();
  }

  @Test
  default void job_ofCreates_createsInAnOrgThatKnowsNoPmiIds() {
    TestOrg org = org(false);

    Map<String, WriteResult<String>> results =
        carryOut(
            org,
            order(CrmObject.CONTACT, Operation.CREATE, "LastName", "Birthdate"),
            row(pmiText(1), "LastName", "One", "Birthdate", "1980-02-29"),
            row(pmiText(2), "LastName", "Two"));

    assertThat(results).hasSize(2);
    assertThat(written(results.get(pmiText(1))).created()).isTrue();
    assertThat(org.storedContact(new ContactId(written(results.get(pmiText(1))).id())))
        .containsEntry("Birthdate", "1980-02-29");
    assertThat(org.contactsWith(pmiId(2))).isEqualTo(1);
  }

  @Test
  default void job_ofUpdates_leavesAloneWhatARowDoesNotName() {
    TestOrg org = org(true);
    ContactId first =
        org.createContact(
            pmiText(1), values("LastName", "Doe", "FirstName", "A", "Email", "a@example.org"));
    ContactId second =
        org.createContact(
            pmiText(2), values("LastName", "Doe", "FirstName", "B", "Email", "b@example.org"));
    ContactId gone = org.createContact(pmiText(3), values("LastName", "Doe"));
    org.deleteContact(gone);

    Map<String, WriteResult<String>> results =
        carryOut(
            org,
            order(CrmObject.CONTACT, Operation.UPDATE, "FirstName", "Email"),
            row(first.value(), "FirstName", "Changed"),
            row(second.value(), "Email", ""),
            row(gone.value(), "FirstName", "Nobody"));

    assertThat(results.get(first.value()))
        .isEqualTo(new WriteResult.Written<>(first.value(), false));
    assertThat(org.storedContact(first))
        .containsEntry("FirstName", "Changed")
        .containsEntry("Email", "a@example.org");
    assertThat(org.storedContact(second))
        .containsEntry("FirstName", "B")
        .doesNotContainKey("Email");
    assertThat(refused(results.get(gone.value())).again()).isFalse();
  }

  @Test
  default void job_ofJourneys_setsEveryKindOfField() {
    TestOrg org = org(true);
    ContactId contact = org.createContact(pmiText(1), values("LastName", "Doe"));
    JourneyId journey = org.createJourney(contact);

    Map<String, WriteResult<String>> results =
        carryOut(
            org,
            order(
                CrmObject.JOURNEY,
                Operation.UPDATE,
                "HP_General_Consent_Status__c",
                "HP_General_Consent_Date__c",
                "HP_EHR_Consent_Status__c",
                "HP_Withdrawal_Status__c"),
            row(
                journey.value(),
                "HP_General_Consent_Status__c",
                "1",
                "HP_General_Consent_Date__c",
                "2020-01-31",
                "HP_EHR_Consent_Status__c",
                "2",
                "HP_Withdrawal_Status__c",
                "true"));

    assertThat(results.get(journey.value()))
        .isEqualTo(new WriteResult.Written<>(journey.value(), false));
    assertThat(
            CrmFixtures.journeys(
                    org,
                    CrmScope.all(),
                    new FieldName("HP_General_Consent_Status__c"),
                    new FieldName("HP_General_Consent_Date__c"),
                    new FieldName("HP_EHR_Consent_Status__c"),
                    new FieldName("HP_Withdrawal_Status__c"))
                .stream()
                .filter(j -> j.id().equals(journey))
                .findFirst()
                .orElseThrow()
                .fields())
        .isEqualTo(
            values(
                "HP_General_Consent_Status__c",
                "1",
                "HP_General_Consent_Date__c",
                "2020-01-31",
                "HP_EHR_Consent_Status__c",
                "2",
                "HP_Withdrawal_Status__c",
                "true"));
  }

  @Test
  default void job_thatIsNotCompleted_writesNothing_andCanBeAborted() {
    TestOrg org = org(true);
    IngestJobs jobs = org.crm().jobs();
    Order order = order(CrmObject.CONTACT, Operation.UPSERT_BY_PMI_ID, "LastName");
    JobId job = jobs.create(order);
    jobs.upload(job, order, List.of(row(pmiText(1), "LastName", "Doe")));
    org.passTime(Duration.ofMinutes(10));

    assertThat(jobs.progress(job).stage()).isEqualTo(Stage.OPEN);
    assertThat(jobs.abort(job).stage()).isEqualTo(Stage.ABORTED);

    assertThat(jobs.progress(job).stage()).isEqualTo(Stage.ABORTED);
    assertThat(contacts(org, CrmScope.all())).isEmpty();
  }

  @Test
  default void job_isFoundAgainByItsId_andCompletedTwiceWithoutHarm() {
    TestOrg org = org(false);
    IngestJobs jobs = org.crm().jobs();
    Order order = order(CrmObject.CONTACT, Operation.CREATE, "LastName");
    JobId job = jobs.create(order);
    jobs.upload(
        job,
        order,
        IntStream.rangeClosed(1, 250).mapToObj(n -> row(pmiText(n), "LastName", "Doe")).toList());
    jobs.complete(job);
    jobs.complete(new JobId(job.value()));

    Progress progress = finish(org.crm().jobs(), new JobId(job.value()));

    assertThat(progress).isEqualTo(new Progress(Stage.OVER, 250, null));
    assertThat(results(jobs, job, order)).hasSize(250).isEqualTo(results(jobs, job, order));
    assertThat(contacts(org, CrmScope.all())).hasSize(250);
    assertThat(jobs.abort(job).stage()).isEqualTo(Stage.OVER);
  }

  @Test
  default void job_thatNobodyKnows_isGone() {
    IngestJobs jobs = org(true).crm().jobs();

    assertThat(jobs.progress(new JobId("750000000000009AAA")).stage()).isEqualTo(Stage.GONE);
    assertThat(jobs.abort(new JobId("750000000000009AAA")).stage()).isEqualTo(Stage.GONE);
    assertThat(jobs.await(new JobId("750000000000009AAA"), Duration.ZERO).stage())
        .isEqualTo(Stage.GONE);
  }

  @Test
  default void job_whoseContactsAreWritten_givesThemJourneys() {
    TestOrg org = org(true);

    carryOut(
        org,
        order(CrmObject.CONTACT, Operation.UPSERT_BY_PMI_ID, "LastName"),
        row(pmiText(1), "LastName", "Doe"));
    org.letJourneysAppear();

    assertThat(CrmFixtures.journeys(org, CrmScope.all())).hasSize(1);
  }

  private static Order order(CrmObject object, Operation operation, String... fields) {
    return new Order(
        object, operation, Arrays.stream(fields).map(FieldName::new).collect(Collectors.toSet()));
  }

  private static Row row(String key, String... namesAndTexts) {
    return new Row(key, values(namesAndTexts));
  }

  private static Map<String, WriteResult<String>> carryOut(TestOrg org, Order order, Row... rows) {
    IngestJobs jobs = org.crm().jobs();
    JobId job = jobs.create(order);
    jobs.upload(job, order, List.of(rows));
    jobs.complete(job);
    assertThat(finish(jobs, job).stage()).isEqualTo(Stage.OVER);
    return results(jobs, job, order);
  }

  private static Progress finish(IngestJobs jobs, JobId job) {
    Progress progress = jobs.await(job, Duration.ZERO);
    for (int i = 0; i < 10 && progress.stage() == Stage.UNDER_WAY; i++) {
      progress = jobs.await(job, Duration.ofMinutes(1));
    }
    return progress;
  }

  private static Map<String, WriteResult<String>> results(IngestJobs jobs, JobId job, Order order) {
    return all(jobs.results(job, order.object(), order.operation())).stream()
        .collect(Collectors.toMap(RowResult::key, RowResult::result));
  }
}
