package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.CrmFixtures.aMinuteLater;
import static edu.cumc.aou.sync.port.CrmFixtures.byJobs;
import static edu.cumc.aou.sync.port.CrmFixtures.contacts;
import static edu.cumc.aou.sync.port.CrmFixtures.create;
import static edu.cumc.aou.sync.port.CrmFixtures.insert;
import static edu.cumc.aou.sync.port.CrmFixtures.inserts;
import static edu.cumc.aou.sync.port.CrmFixtures.order;
import static edu.cumc.aou.sync.port.CrmFixtures.refused;
import static edu.cumc.aou.sync.port.CrmFixtures.row;
import static edu.cumc.aou.sync.port.CrmFixtures.upsert;
import static edu.cumc.aou.sync.port.CrmFixtures.write;
import static edu.cumc.aou.sync.port.CrmFixtures.written;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.port.WriteOrder.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link Crm} must do when answers are lost, and when a write is interrupted. */
public interface CrmJournalContract extends CrmContractPart {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void write_createWithoutAnswer_isAskedFor_andNothingIsThereTwice(boolean applied) {
    TestOrg org = org(false);
    org.loseNextAnswer(applied);

    Map<String, WriteOutcome> outcomes = write(org, create(), inserts(1, 4));

    assertThat(outcomes.values()).allMatch(o -> written(o).created());
    assertThat(contacts(org, CrmScope.all()))
        .extracting(Contact::pmiId)
        .containsExactlyInAnyOrder(pmiId(1), pmiId(2), pmiId(3));
  }

  @Test
  default void write_createWithoutAnswer_isNotTakenForWhatSomebodyElseCreated() {
    TestOrg org = org(false);
    org.createContact(pmiText(1), values("LastName", "Byhand"));
    org.loseNextAnswer(false);

    Map<String, WriteOutcome> outcomes = write(org, create(), inserts(1, 3));

    assertThat(refused(outcomes.get(pmiText(1))).code()).isEqualTo(WriteOutcome.CREATED_SINCE);
    assertThat(written(outcomes.get(pmiText(2))).created()).isTrue();
    assertThat(org.contactsWith(pmiId(1))).isEqualTo(1);
    assertThat(org.contactsWith(pmiId(2))).isEqualTo(1);
  }

  @Test
  default void write_createWithoutAnswer_isFoundBesideWhatSomebodyElseCreated() {
    TestOrg org = org(false);
    ContactId byHand = org.createContact(pmiText(1), values("LastName", "Byhand"));
    org.loseNextAnswer(true);

    WriteOutcome.Written outcome = written(write(org, create(), insert(1, "Doe")).get(pmiText(1)));

    assertThat(outcome.id()).isNotEqualTo(byHand.value());
    assertThat(org.contactsWith(pmiId(1))).isEqualTo(2);
  }

  @Test
  default void write_createWithoutAnswer_isFoundByWhatAnAutomationLeftOfThePmiId() {
    TestOrg org = org(false);
    org.changePmiIds(text -> text.replaceFirst("^P", ""));
    org.loseNextAnswer(true);

    Map<String, WriteOutcome> outcomes = write(org, create(), inserts(1, 4));

    assertThat(outcomes.values()).allMatch(o -> written(o).repeated());
    assertThat(outcomes.values()).map(o -> written(o).id()).doesNotHaveDuplicates();
    org.letJourneysAppear();
    assertThat(org.crm().count(CrmObject.JOURNEY, CrmScope.createdSince(Instant.EPOCH)))
        .as("of new Contacts, one each")
        .isEqualTo(3);
  }

  @Test
  default void write_createWithoutAnswer_isNotRepeatedWhereAnAutomationClearsThePmiId() {
    TestOrg org = org(false);
    org.changePmiIds(text -> "");
    org.loseNextAnswer(true);

    Map<String, WriteOutcome> outcomes = write(org, create(), inserts(1, 4));

    assertThat(outcomes.values())
        .allMatch(o -> refused(o).code().equals(WriteOutcome.CREATED_WITHOUT_KEY));
    org.letJourneysAppear();
    assertThat(org.crm().count(CrmObject.JOURNEY, CrmScope.createdSince(Instant.EPOCH)))
        .as("of new Contacts, one each")
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "another"})
  default void write_upsertWithoutAnswer_isNotRepeatedWhereAnAutomationChangesThePmiId(
      String made) {
    TestOrg org = org(true);
    org.changePmiIds(text -> made.isEmpty() ? "" : made + text.hashCode());
    org.loseNextAnswer(true);

    Map<String, WriteOutcome> outcomes = write(org, upsert(), inserts(1, 4));

    assertThat(outcomes.values())
        .allMatch(o -> refused(o).code().equals(WriteOutcome.CREATED_WITHOUT_KEY));
    org.letJourneysAppear();
    assertThat(org.crm().count(CrmObject.JOURNEY, CrmScope.createdSince(Instant.EPOCH)))
        .as("of new Contacts, one each")
        .isEqualTo(3);
  }

  @Test
  default void write_upsertWithoutAnswer_isFoundByWhatAnAutomationLeftOfThePmiId() {
    TestOrg org = org(true);
    org.changePmiIds(text -> text.replaceFirst("^P", ""));
    org.loseNextAnswer(true);

    Map<String, WriteOutcome> outcomes = write(org, upsert(), inserts(1, 4));

    assertThat(outcomes.values()).allMatch(o -> written(o).repeated());
    assertThat(outcomes.values()).map(o -> written(o).id()).doesNotHaveDuplicates();
    org.letJourneysAppear();
    assertThat(org.crm().count(CrmObject.JOURNEY, CrmScope.createdSince(Instant.EPOCH)))
        .as("of new Contacts, one each")
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void write_upsertWithoutAnswer_isRepeated_andSaysSo(boolean applied) {
    TestOrg org = org(true);
    org.loseNextAnswer(applied);

    WriteOutcome.Written outcome = written(write(org, upsert(), insert(1, "Doe")).get(pmiText(1)));

    assertThat(outcome.repeated()).isTrue();
    assertThat(org.contactsWith(pmiId(1))).isEqualTo(1);
    assertThat(org.storedContact(new ContactId(outcome.id()))).containsEntry("LastName", "Doe");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void write_updateWithoutAnswer_isRepeated(boolean applied) {
    TestOrg org = org(true);
    ContactId contact = org.createContact(pmiText(1), values("LastName", "Doe"));
    org.loseNextAnswer(applied);

    write(org, order(CrmObject.CONTACT, Operation.UPDATE), row(contact.value(), "FirstName", "Jo"));

    assertThat(org.storedContact(contact)).containsEntry("FirstName", "Jo");
  }

  @Test
  default void write_lockedRecord_isWrittenAgainALittleLater() {
    TestOrg org = org(true);
    ContactId contact = org.createContact(pmiText(1), values("LastName", "Doe"));
    org.lockOnce(contact);

    WriteOutcome outcome =
        write(
                org,
                order(CrmObject.CONTACT, Operation.UPDATE),
                row(contact.value(), "FirstName", "Jo"))
            .get(contact.value());

    assertThat(written(outcome).id()).isEqualTo(contact.value());
    assertThat(org.storedContact(contact)).containsEntry("FirstName", "Jo");
  }

  @Test
  default void write_withoutLeave_sendsNothing_andTellsOfNothing() {
    TestOrg org = org(true);
    RecordingJournal journal = new RecordingJournal().leave(1);

    Throwable thrown =
        catchThrowable(() -> org.crm().write(upsert(), inserts(0, 450).iterator(), journal));

    assertThat(thrown).matches(journal::isRefusal);
    assertThat(journal.outcomes).hasSize(200);
    assertThat(journal.underWay).isEmpty();
    assertThat(org.crm().count(CrmObject.CONTACT, CrmScope.all())).isEqualTo(200);
  }

  @Test
  default void takeUp_jobAtWork_isFollowedToItsEnd() {
    TestOrg org = org(false);
    RecordingJournal first = interruptedJob(org, inserts(1, 251));
    RecordingJournal second = new RecordingJournal().expecting(List.copyOf(first.underWay));

    takeUp(org, create(), first.jobs.get(0), JobTable.State.CLOSED, inserts(1, 251), second);

    assertThat(second.settled()).hasSize(250);
    assertThat(second.outcomes.values()).allMatch(o -> written(o).created());
    assertThat(contacts(org, CrmScope.all())).hasSize(250);
  }

  /** A job that has started; then the write ended. */
  private static RecordingJournal interruptedJob(TestOrg org, List<WriteRow> rows) {
    RecordingJournal journal = new RecordingJournal().waits(0);
    Throwable thrown =
        catchThrowable(() -> org.crm().write(byJobs(create()), rows.iterator(), journal));
    assertThat(thrown).matches(journal::isRefusal);
    assertThat(journal.underWay).hasSameSizeAs(rows);
    assertThat(journal.open).hasSize(1);
    return journal;
  }

  private static void takeUp(
      TestOrg org,
      WriteOrder order,
      JobId job,
      JobTable.State state,
      List<WriteRow> rows,
      RecordingJournal journal) {
    org.crm()
        .takeUp(
            order,
            new JobTable.Job(job, order.object(), order.operation(), rows.size(), state),
            rows,
            Instant.EPOCH,
            startedAgain(journal, job));
  }

  private static RecordingJournal startedAgain(RecordingJournal journal, JobId job) {
    journal.open.add(job);
    journal.jobStarting(job);
    return journal;
  }

  @Test
  default void takeUp_jobThatHasNotBegun_isBrokenOff() {
    TestOrg org = org(false);
    // leave to make the job, and none to start it
    RecordingJournal first = new RecordingJournal().leave(1);
    Throwable thrown =
        catchThrowable(() -> org.crm().write(byJobs(create()), inserts(1, 4).iterator(), first));
    assertThat(thrown).matches(first::isRefusal);
    assertThat(first.open).hasSize(1);
    RecordingJournal second = new RecordingJournal().expecting(List.copyOf(first.underWay));

    takeUp(org, create(), first.jobs.get(0), JobTable.State.OPEN, inserts(1, 4), second);

    assertThat(second.outcomes.values())
        .hasSize(3)
        .allMatch(o -> o instanceof WriteOutcome.NotWritten again && again.goesAgain());
    assertThat(second.open).isEmpty();
    assertThat(contacts(org, CrmScope.all())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void takeUp_jobThatNobodyKnows_asksForItsCreates(boolean written) {
    TestOrg org = org(false);
    if (written) {
      write(org, create(), inserts(1, 3));
    }
    RecordingJournal journal =
        new RecordingJournal().expecting(List.of(pmiText(1), pmiText(2), pmiText(3)));

    takeUp(
        org,
        create(),
        new JobId("750000000000009AAA"),
        JobTable.State.CLOSED,
        inserts(1, 4),
        journal);

    assertThat(journal.outcomes).hasSize(3);
    assertThat(
            journal.outcomes.values().stream()
                .filter(WriteOutcome.Written.class::isInstance)
                .count())
        .isEqualTo(written ? 2 : 0);
  }

  @Test
  default void takeUp_jobOfUpsertsThatNobodyKnows_repeatsNoneOfWhichThePmiIdWasCleared() {
    TestOrg org = org(true);
    org.changePmiIds(text -> "");
    write(org, upsert(), inserts(1, 3));
    RecordingJournal journal =
        new RecordingJournal().expecting(List.of(pmiText(1), pmiText(2), pmiText(3)));

    takeUp(
        org,
        upsert(),
        new JobId("750000000000009AAA"),
        JobTable.State.CLOSED,
        inserts(1, 4),
        journal);

    assertThat(journal.outcomes.values())
        .hasSize(3)
        .allMatch(o -> refused(o).code().equals(WriteOutcome.CREATED_WITHOUT_KEY));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void settle_findsWhatIsThere_andWhatIsNotGoesAgain(boolean mayBeUnderWay) {
    TestOrg org = org(false);
    write(org, create(), insert(1, "From before"));
    Instant since = aMinuteLater(org);
    write(org, create(), inserts(2, 900));
    Instant before = org.crm().serverTime();
    long calls = org.crm().usage().calls();
    RecordingJournal journal =
        new RecordingJournal()
            .expecting(inserts(1, 902).stream().map(WriteRow::key).toList())
            .leave(0);

    org.crm().settle(create(), inserts(1, 902).iterator(), since, mayBeUnderWay, journal);

    assertThat(journal.outcomes).hasSize(901);
    for (int missing : new int[] {1, 900, 901}) {
      assertThat(journal.outcomes.get(pmiText(missing)))
          .matches(o -> o instanceof WriteOutcome.NotWritten again && again.goesAgain());
    }
    assertThat(written(journal.outcomes.get(pmiText(2))).id()).startsWith("003");
    assertThat(org.crm().usage().calls() - calls).isLessThan(20);
    Instant asked = before.plus(org.crm().readTimeout());
    assertThat(org.crm().serverTime().isBefore(asked)).isEqualTo(!mayBeUnderWay);
  }

  @Test
  default void stopJob_endsOneThatHasNotBegun_andOneThatNobodyKnowsIsOver() {
    TestOrg org = org(false);
    RecordingJournal journal = new RecordingJournal().leave(1);
    Throwable unused =
        catchThrowable(() -> org.crm().write(byJobs(create()), inserts(1, 4).iterator(), journal));

    assertThat(org.crm().stopJob(journal.jobs.get(0))).isTrue();
    assertThat(org.crm().stopJob(new JobId("750000000000009AAA"))).isTrue();
    assertThat(contacts(org, CrmScope.all())).isEmpty();
  }
}
