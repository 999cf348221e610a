package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.WriteOrder.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Names and helpers for the crm's contracts. */
final class CrmFixtures {

  static final FieldName PMI = new FieldName("HP_PMI_ID__c");
  static final FieldName LAST_NAME = new FieldName("LastName");
  static final FieldName FIRST_NAME = new FieldName("FirstName");
  static final FieldName EMAIL = new FieldName("Email");
  static final FieldName BIRTHDATE = new FieldName("Birthdate");
  static final FieldName CONSENT_DATE = new FieldName("HP_General_Consent_Date__c");

  static final Duration MINUTE = Duration.ofMinutes(1);

  private CrmFixtures() {}

  static final JobSizes BY_CALLS = new JobSizes(Integer.MAX_VALUE - 1, 10_000, Duration.ofHours(2));

  static final JobSizes BY_JOBS = new JobSizes(0, 10_000, Duration.ofHours(2));

  static WriteOrder order(CrmObject object, Operation operation) {
    return new WriteOrder(object, operation, BY_CALLS);
  }

  static WriteOrder upsert() {
    return order(CrmObject.CONTACT, Operation.UPSERT_BY_PMI_ID);
  }

  static WriteOrder create() {
    return order(CrmObject.CONTACT, Operation.CREATE);
  }

  static WriteOrder byJobs(WriteOrder order) {
    return new WriteOrder(order.object(), order.operation(), BY_JOBS);
  }

  static WriteRow row(String key, String... namesAndTexts) {
    return new WriteRow(key, values(namesAndTexts));
  }

  static WriteRow insert(int number, String lastName) {
    return row(pmiText(number), "LastName", lastName);
  }

  static List<WriteRow> inserts(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> insert(n, "Name " + n)).toList();
  }

  /** Writes rows and checks that each gets a final outcome. */
  static Map<String, WriteOutcome> write(TestOrg org, WriteOrder order, List<WriteRow> rows) {
    RecordingJournal journal = new RecordingJournal();
    org.crm().write(order, rows.iterator(), journal);
    assertThat(journal.outcomes).hasSameSizeAs(rows);
    return journal.settled();
  }

  static Map<String, WriteOutcome> write(TestOrg org, WriteOrder order, WriteRow... rows) {
    return write(org, order, List.of(rows));
  }

  /** Lets a minute pass, so that what follows has later stamps, and gives the time then. */
  static Instant aMinuteLater(TestOrg org) {
    org.passTime(MINUTE);
    return org.crm().serverTime();
  }

  static List<Contact> contacts(TestOrg org, CrmScope scope, FieldName... fields) {
    return all(org.crm().contacts(scope, List.of(fields)));
  }

  static List<Journey> journeys(TestOrg org, CrmScope scope, FieldName... fields) {
    return all(org.crm().journeys(scope, List.of(fields)));
  }

  static <T> List<T> all(Cursor<T> cursor) {
    List<T> all = new ArrayList<>();
    try (cursor) {
      cursor.forEachRemaining(all::add);
    }
    return all;
  }

  /** The values of the one Contact with this id. */
  static FieldValues read(TestOrg org, ContactId id, FieldName... fields) {
    return contacts(org, CrmScope.all(), fields).stream()
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow()
        .fields();
  }

  static WriteOutcome.Written written(WriteOutcome outcome) {
    assertThat(outcome).isInstanceOf(WriteOutcome.Written.class);
    return (WriteOutcome.Written) outcome;
  }

  static WriteOutcome.Refused refused(WriteOutcome outcome) {
    assertThat(outcome).isInstanceOf(WriteOutcome.Refused.class);
    return (WriteOutcome.Refused) outcome;
  }

  static Consumer<SyncException> kind(FailureKind kind) {
    return e -> assertThat(e.kind()).isEqualTo(kind);
  }
}
