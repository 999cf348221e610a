package edu.cumc.aou.salesforce.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.RecordingJournal;
import edu.cumc.aou.sync.port.WriteOrder;
import edu.cumc.aou.sync.port.WriteOrder.Operation;
import edu.cumc.aou.sync.port.WriteOutcome;
import edu.cumc.aou.sync.port.WriteOutcome.Written;
import edu.cumc.aou.sync.port.WriteRow;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceCrmTest {

  private static final FieldName LAST_NAME = new FieldName("LastName");
  private static final FieldName BIRTHDATE = new FieldName("Birthdate");
  private static final FieldName EMAIL = new FieldName("Email");
  private static final FieldName STREET = new FieldName("MailingStreet");
  private static final FieldName STATUS = new FieldName("HP_Participant_Status__c");
  private static final List<FieldName> FIELDS = List.of(LAST_NAME, BIRTHDATE, EMAIL, STREET);

  private final VirtualTime time = new VirtualTime();
  private final List<AutoCloseable> open = new ArrayList<>();
  private SalesforceSimulator org;
  private Salesforce client;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private Crm start(Operation kindOfOrg, String hocon) {
    org =
        SalesforceSimulator.builder()
            .clock(time)
            .pmiFieldUnique(kindOfOrg == Operation.UPSERT_BY_PMI_ID)
            .pageSize(3)
            .start();
    Credentials who = org.credentials();
    Salesforce salesforce =
        Salesforce.connect(
            SalesforceSettings.builder(
                    URI.create(org.url()),
                    new SalesforceAuth.SoapPassword(
                        who.username(), Secret.of(who.password()), Secret.of(who.securityToken())))
                .answerTimeout(Duration.ofSeconds(2))
                .build(),
            time.surroundings());
    open.add(salesforce);
    open.add(org);
    client = salesforce;
    return SalesforceCrm.create(salesforce, settings(hocon));
  }

  private static SyncSettings settings(String hocon) {
    ConfigProblems problems = new ConfigProblems();
    SyncSettings settings =
        SyncSettings.read(
            ConfigSection.root(
                ConfigFactory.parseString("contact.account-id = 001000000000001AAA\n" + hocon)
                    .withFallback(SyncSettings.defaults())
                    .resolve(),
                problems));
    problems.throwIfAny();
    return settings;
  }

  private static PmiId pmi(int number) {
    return new PmiId(String.format("P%09d", number));
  }

  private WriteRow insert(int number) {
    return new WriteRow(
        pmi(number).value(),
        values(
            Map.of(
                LAST_NAME,
                "Invented" + number,
                BIRTHDATE,
                "1980-02-29",
                EMAIL,
                "p" + number + "@example.org",
                STREET,
                "1 First St\nApt 2",
                new FieldName("AccountId"),
                org.accountId())));
  }

  private static FieldValues values(Map<FieldName, String> texts) {
    Map<FieldName, FieldValue> values = new HashMap<>();
    texts.forEach((name, text) -> values.put(name, new FieldValue(text)));
    return FieldValues.of(values);
  }

  private static <T> List<T> all(Cursor<T> cursor) {
    List<T> all = new ArrayList<>();
    try (cursor) {
      cursor.forEachRemaining(all::add);
    }
    return all;
  }

  private static Map<String, Contact> byPmi(List<Contact> contacts) {
    Map<String, Contact> byPmi = new TreeMap<>();
    contacts.forEach(c -> byPmi.put(c.pmiId() == null ? "-" : c.pmiId().value(), c));
    return byPmi;
  }

  private List<WriteRow> inserts(int from, int to) {
    List<WriteRow> inserts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      inserts.add(insert(i));
    }
    return inserts;
  }

  private static List<WriteOutcome> write(
      Crm crm, CrmObject object, Operation operation, List<WriteRow> rows) {
    RecordingJournal journal = new RecordingJournal();
    WriteOrder order = new WriteOrder(object, operation, settings("").bulk());
    crm.write(order, rows.iterator(), journal);
    return rows.stream().map(r -> journal.settled().get(r.key())).toList();
  }

  private static List<WriteOutcome> inserted(Crm crm, List<WriteRow> rows, Operation operation) {
    return write(crm, CrmObject.CONTACT, operation, rows);
  }

  private static ContactId id(WriteOutcome outcome) {
    assertThat(outcome).isInstanceOf(Written.class);
    return new ContactId(((Written) outcome).id());
  }

  @Test
  void whatIsKnownToBeMuch_isReadByAJob_withoutAPageThatIsThrownAway() {
    Instant began = time.instant();
    start(Operation.CREATE, "");
    Crm crm = SalesforceCrm.create(client, settings(""), 5);
    inserted(crm, inserts(0, 6), Operation.CREATE);
    time.pass(Duration.ofMinutes(1));
    assertThat(crm.count(CrmObject.JOURNEY, CrmScope.createdSince(began))).isEqualTo(6);
    org.resetCounters();
    CrmScope changed = CrmScope.changedSince(began);

    assertThat(all(crm.contacts(changed, FIELDS))).hasSize(6);
    assertThat(all(crm.journeys(changed, List.of(STATUS)))).hasSize(6);
    // read once, they are known to be there still
    assertThat(all(crm.stamps(CrmObject.CONTACT, began, time.instant()))).hasSize(6);

    assertThat(org.requestCounts().keySet()).noneMatch(r -> r.contains("/queryAll"));

    // nothing is known of later changes, and a page tells
    assertThat(all(crm.contacts(CrmScope.changedSince(time.instant()), FIELDS))).isEmpty();
    assertThat(org.requestCounts().keySet()).filteredOn(r -> r.contains("/queryAll")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"CREATE", "UPSERT_BY_PMI_ID"})
  void insertedContacts_areReadBackNormalised(Operation mode) {
    Crm crm = start(mode, "");

    List<WriteOutcome> results = inserted(crm, inserts(0, 10), mode);

    assertThat(results).hasSize(10).allMatch(r -> r instanceof Written w && w.created());
    assertThat(crm.count(CrmObject.CONTACT, CrmScope.all())).isEqualTo(10);
    Map<String, Contact> read = byPmi(all(crm.contacts(CrmScope.all(), FIELDS)));
    assertThat(read).hasSize(10);
    Contact third = read.get(pmi(3).value());
    assertThat(third.id()).isEqualTo(id(results.get(3)));
    assertThat(third.fields())
        .isEqualTo(
            values(
                Map.of(
                    LAST_NAME, "Invented3",
                    BIRTHDATE, "1980-02-29",
                    EMAIL, "p3@example.org",
                    STREET, "1 First St\nApt 2")));
    assertThat(third.selected()).isTrue();
    assertThat(third.deleted()).isFalse();
    assertThat(third.mergedInto()).isNull();
    assertThat(third.modstamp()).isEqualTo(time.instant());
    assertThat(third.ownerId()).isNotEmpty();
    List<Journey> journeys = all(crm.journeys(CrmScope.all(), List.of(STATUS)));
    assertThat(journeys)
        .extracting(Journey::contactId)
        .containsExactlyInAnyOrderElementsOf(results.stream().map(SalesforceCrmTest::id).toList());
    assertThat(journeys).allMatch(Journey::selected);
  }

  @Test
  void update_setsAndClearsAndLeavesTheRest() {
    Crm crm = start(Operation.UPSERT_BY_PMI_ID, "");
    ContactId id = id(inserted(crm, inserts(0, 1), Operation.UPSERT_BY_PMI_ID).get(0));
    FieldValues change = values(Map.of(LAST_NAME, "O'Hara \\ \"x\"", STREET, ""));

    List<WriteOutcome> results =
        write(crm, CrmObject.CONTACT, Operation.UPDATE, List.of(new WriteRow(id.value(), change)));

    assertThat(results).containsExactly(new Written(id.value(), false, false));
    Contact read = all(crm.contacts(CrmScope.all(), FIELDS)).get(0);
    assertThat(read.fields().get(LAST_NAME).text()).isEqualTo("O'Hara \\ \"x\"");
    assertThat(read.fields().get(STREET)).isEqualTo(FieldValue.BLANK);
    assertThat(read.fields().get(EMAIL).text()).isEqualTo("p0@example.org");
  }

  @Test
  void journeyFlags_areSentAsTheFieldsKindWants() {
    Crm crm = start(Operation.UPSERT_BY_PMI_ID, "");
    inserted(crm, inserts(0, 1), Operation.UPSERT_BY_PMI_ID);
    Map<FieldName, String> flags = new HashMap<>();
    for (FieldInfo field : crm.describe(CrmObject.JOURNEY).fields()) {
      if (field.updateable() && field.name().value().startsWith("HP_")) {
        if (field.kind() == FieldKind.BOOLEAN) {
          flags.put(field.name(), "true");
        } else if (field.kind() == FieldKind.NUMBER) {
          flags.put(field.name(), "2");
        } else if (field.kind() == FieldKind.DATE) {
          flags.put(field.name(), "2021-03-04");
        }
      }
    }
    Journey journey = all(crm.journeys(CrmScope.all(), List.of())).get(0);

    List<WriteOutcome> results =
        write(
            crm,
            CrmObject.JOURNEY,
            Operation.UPDATE,
            List.of(new WriteRow(journey.id().value(), values(flags))));

    assertThat(flags).containsValues("true", "2", "2021-03-04");
    assertThat(results).containsExactly(new Written(journey.id().value(), false, false));
    assertThat(all(crm.journeys(CrmScope.all(), List.copyOf(flags.keySet()))).get(0).fields())
        .isEqualTo(values(flags));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LastName != 'Invented1'"})
  void changedRecords_areReadWhetherSelectedOrNotDeletedOrNot(String where) {
    Crm crm = start(Operation.CREATE, "contact.where = \"" + where + "\"");
    List<WriteOutcome> written = inserted(crm, inserts(0, 6), Operation.CREATE);
    time.pass(Duration.ofMinutes(30));
    Instant since = time.instant();
    org.edit(id(written.get(1)).value(), Map.of("FirstName", "A"));
    org.edit(id(written.get(2)).value(), java.util.Collections.singletonMap("HP_PMI_ID__c", null));
    org.edit(id(written.get(3)).value(), Map.of("HP_PMI_ID__c", "to follow"));
    org.delete(id(written.get(4)).value());
    org.edit(id(written.get(5)).value(), Map.of("FirstName", "B"));

    Map<ContactId, Contact> changed = new HashMap<>();
    all(crm.contacts(CrmScope.changedSince(since), FIELDS)).forEach(c -> changed.put(c.id(), c));

    assertThat(changed).hasSize(5).doesNotContainKey(id(written.get(0)));
    assertThat(changed.get(id(written.get(1))).selected()).isEqualTo(where.isEmpty());
    assertThat(changed.get(id(written.get(2)))).matches(c -> !c.selected() && !c.hasPmiText());
    assertThat(changed.get(id(written.get(3))))
        .matches(c -> c.selected() && c.hasPmiText() && c.pmiId() == null);
    assertThat(changed.get(id(written.get(4)))).matches(Contact::deleted);
    assertThat(changed.get(id(written.get(5)))).matches(c -> c.selected() && !c.deleted());
    assertThat(crm.count(CrmObject.CONTACT, CrmScope.changedSince(since))).isEqualTo(5);
    assertThat(crm.count(CrmObject.CONTACT, CrmScope.all())).isEqualTo(where.isEmpty() ? 4 : 3);
    assertThat(all(crm.contacts(CrmScope.all(), List.of()))).hasSize(where.isEmpty() ? 4 : 3);
  }

  @Test
  void mergedContact_namesTheOneThatIsLeft() {
    Crm crm = start(Operation.CREATE, "");
    List<WriteOutcome> written = inserted(crm, inserts(0, 2), Operation.CREATE);
    Instant since = time.instant();

    org.merge(id(written.get(0)).value(), id(written.get(1)).value());

    assertThat(all(crm.contacts(CrmScope.changedSince(since), List.of())))
        .filteredOn(c -> c.id().equals(id(written.get(1))))
        .singleElement()
        .matches(c -> c.deleted() && id(written.get(0)).equals(c.mergedInto()));
  }

  @Test
  void org_isNamedAndUsageCounted() {
    Crm crm = start(Operation.CREATE, "");

    assertThat(crm.org().id()).isEqualTo(org.credentials().organizationId());
    assertThat(crm.org().sandbox()).isTrue();
    crm.count(CrmObject.CONTACT, CrmScope.all());

    assertThat(crm.usage().calls()).isGreaterThanOrEqualTo(org.apiCalls());
    assertThat(crm.usage().dailyUsed()).isEqualTo(org.apiCalls());
    assertThat(crm.usage().dailyMax()).isEqualTo(100_000);
  }

  @Test
  void failures_areTheSyncs() {
    Crm crm = start(Operation.CREATE, "contact.object = NoSuch__c\njourney.where = \"((\"");

    assertThat(kind(() -> crm.describe(CrmObject.CONTACT))).isEqualTo(FailureKind.CONFIG);
    assertThat(kind(() -> crm.count(CrmObject.JOURNEY, CrmScope.all())))
        .isEqualTo(FailureKind.CONFIG);
    assertThat(kind(() -> crm.journeys(CrmScope.all(), List.of(new FieldName("Nope__c")))))
        .isEqualTo(FailureKind.CONFIG);
    org.faults().on("*", ".*", n -> true, Fault.requestLimitExceeded());
    assertThat(kind(crm::org)).isEqualTo(FailureKind.THROTTLED);
    org.faults().clear();
    org.faults().on("*", ".*", n -> true, Fault.unavailable(Duration.ofMinutes(20)));
    SyncException unavailable = catchThrowableOfType(SyncException.class, crm::org);
    assertThat(unavailable.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(unavailable.retryAfter()).contains(Duration.ofMinutes(20));
  }

  @Test
  void settingsThatAreNoNames_areRefused() {
    SyncException thrown =
        catchThrowableOfType(
            SyncException.class, () -> start(Operation.CREATE, "contact.object = \"a b\""));

    assertThat(thrown.kind()).isEqualTo(FailureKind.CONFIG);
    assertThat(thrown.getMessage()).contains("contact.object");
  }

  private static FailureKind kind(Runnable call) {
    return catchThrowableOfType(SyncException.class, call::run).kind();
  }
}
