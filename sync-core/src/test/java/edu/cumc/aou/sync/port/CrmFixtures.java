package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  static ContactInsert insert(int number, String lastName) {
    return new ContactInsert(pmiId(number), values("LastName", lastName));
  }

  static List<ContactInsert> inserts(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> insert(n, "Name " + n)).toList();
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

  static <I> WriteResult.Written<I> written(WriteResult<I> result) {
    assertThat(result).isInstanceOf(WriteResult.Written.class);
    return (WriteResult.Written<I>) result;
  }

  static <I> WriteResult.Refused<I> refused(WriteResult<I> result) {
    assertThat(result).isInstanceOf(WriteResult.Refused.class);
    return (WriteResult.Refused<I>) result;
  }

  static <I> I id(List<WriteResult<I>> results) {
    assertThat(results).hasSize(1);
    return written(results.get(0)).id();
  }

  static Consumer<SyncException> kind(FailureKind kind) {
    return e -> assertThat(e.kind()).isEqualTo(kind);
  }
}
