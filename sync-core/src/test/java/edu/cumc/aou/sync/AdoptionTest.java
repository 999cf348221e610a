package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.check.CheckUp;
import edu.cumc.aou.sync.check.Finding;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.InMemoryCrm;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.RunServices;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A marketing tool created Contacts, and these people enrolled later. */
class AdoptionTest {

  private static final String ON =
      "adoption { enabled = true, owners = [\"" + InMemoryCrm.OWNER + "\"] }\n";

  private SyncWorld world = new SyncWorld(true, ON);

  private ContactId marketing(int number, String... more) {
    Map<String, String> fields = new HashMap<>();
    fields.put("FirstName", "JOE");
    fields.put("LastName", "Muster" + number);
    fields.put("Email", "p" + number + "@example.org");
    for (int i = 0; i < more.length; i += 2) {
      fields.put(more[i], more[i + 1]);
    }
    String[] pairs =
        fields.entrySet().stream()
            .flatMap(e -> List.of(e.getKey(), e.getValue()).stream())
            .toArray(String[]::new);
    return world.crm.createContact(null, values(pairs));
  }

  private void person(int number) {
    world.person(number);
    world.contact(number, "First Name_HP", "Joe");
  }

  private List<Change> adoptions(SyncReport report) {
    return world
        .store
        .changes()
        .page(
            report.run(),
            CrmObject.CONTACT,
            Set.of(Change.Action.ADOPT),
            EnumSet.allOf(Change.State.class),
            0,
            1000);
  }

  private static void assertBalanced(SyncReport report) {
    assertThat(report.contacts().holds()).as("contacts").isTrue();
    assertThat(report.journeys().holds()).as("journeys").isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_contactOfTheMarketingTool_getsThePmiId_andKeepsItsJourney(boolean unique) {
    world = new SyncWorld(unique, ON);
    ContactId known = marketing(1, "Phone", "2125550100");
    world.crm.letJourneysAppear();
    person(1);
    person(2);

    SyncReport report = world.firstSync();

    assertThat(report.contacts().adopted()).isEqualTo(1);
    assertThat(report.contacts().inserted()).isEqualTo(1);
    assertThat(report.journeys().updated()).isEqualTo(2);
    assertThat(report.ids().complete()).isEqualTo(2);
    assertBalanced(report);
    assertThat(world.crm.storedContact(known))
        .containsEntry("HP_PMI_ID__c", pmiText(1))
        .containsEntry("FirstName", "Joe")
        .containsEntry("Phone", "2125550100");
    assertThat(world.crm.contactsWith(pmiId(1))).isEqualTo(1);
    assertThat(world.notes).anyMatch(n -> n.contains("compared with 1 Contacts without a PMI ID"));

    SyncReport again = world.nextSync();
    assertThat(again.planned()).isEmpty();
    assertThat(again.contacts().unchanged()).isEqualTo(2);
  }

  @Test
  void run_adoption_keepsWhatWasThere_andSendsWhatDiffers() {
    world = new SyncWorld(true, ON + "contact.fields.FirstName.policy = fill-only");
    ContactId known = marketing(1);
    person(1);

    SyncReport report = world.firstSync();

    assertThat(adoptions(report))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.newValues().fields())
                  .doesNotContain(new FieldName("FirstName"), new FieldName("LastName"));
              assertThat(change.oldValues().fields()).isEqualTo(change.newValues().fields());
            });
    assertThat(world.crm.storedContact(known)).containsEntry("FirstName", "JOE");
  }

  @Test
  void run_notSwitchedOn_createsAnotherContact() {
    world = new SyncWorld(true);
    marketing(1);
    person(1);

    assertThat(world.firstSync().contacts().inserted()).isEqualTo(1);
  }

  @Test
  void run_contactOfSomebodyElse_isNotAdopted() {
    world = new SyncWorld(true, "adoption { enabled = true, owners = [\"005000000000009\"] }");
    marketing(1);
    person(1);

    assertThat(world.firstSync().contacts().inserted()).isEqualTo(1);
  }

  @Test
  void check_ownersOfNothing_isAWarning() {
    person(1);
    world.load();

    assertThat(CheckUp.run(world.services(), world.settings(), false))
        .filteredOn(f -> f.level() == Finding.Level.WARNING)
        .extracting(Finding::code)
        .contains(FindingCode.NO_CANDIDATES);

    marketing(1);
    assertThat(CheckUp.run(world.services(), world.settings(), false))
        .extracting(Finding::message)
        .contains("1 Contacts without a PMI ID may be adopted");
  }

  @Test
  void run_nobodyNew_asksForNoCandidates() {
    person(1);
    world.firstSync();
    world.nextSync();
    long before = world.crm.usage().calls();
    world.nextSync();
    long quiet = world.crm.usage().calls() - before;
    world.notes.clear();

    world = new SyncWorld(true);
    person(1);
    world.firstSync();
    world.nextSync();
    long beforeWithout = world.crm.usage().calls();
    world.nextSync();

    assertThat(quiet).isEqualTo(world.crm.usage().calls() - beforeWithout);
  }

  @Test
  void run_severalContactsFit_nothingIsSent_andAPersonDecides() {
    ContactId one = marketing(1);
    ContactId two = marketing(1);
    person(1);

    SyncReport report = world.firstSync();

    assertThat(report.contacts().rejected()).isEqualTo(1);
    assertThat(report.errors())
        .anySatisfy(
            e -> {
              assertThat(e.outcome()).isEqualTo("rejected");
              assertThat(e.code()).isEqualTo(Match.SEVERAL_CONTACTS);
            });
    assertThat(world.crm.contactsWith(pmiId(1))).isZero();
    assertBalanced(report);

    world.crm.mergeContacts(one, two);
    assertThat(world.nextSync().contacts().adopted()).isEqualTo(1);
    assertThat(world.crm.storedContact(one)).containsEntry("HP_PMI_ID__c", pmiText(1));
  }

  @Test
  void run_contactFitsSeveralParticipants_neitherGetsIt() {
    ContactId known = aContactThatFitsTwo();
    person(3);

    SyncReport report = world.firstSync();

    assertThat(report.contacts().adopted()).isZero();
    assertThat(report.contacts().inserted()).isEqualTo(1);
    assertThat(report.contacts().rejected() + report.contacts().refused()).isEqualTo(2);
    assertThat(report.errors())
        .filteredOn(e -> e.object() == CrmObject.CONTACT)
        .extracting(e -> e.code())
        .containsOnly(Match.SEVERAL_PARTICIPANTS);
    assertThat(world.crm.storedContact(known)).doesNotContainKey("HP_PMI_ID__c");
    assertBalanced(report);
  }

  @Test
  void retry_ofOneOfThem_doesNotGetItEither() {
    ContactId known = aContactThatFitsTwo();
    world.firstSync();

    SyncReport retry = world.sync().run(SyncRequest.retry("test", Set.of(pmiId(1)), false));

    assertThat(retry.contacts().adopted()).isZero();
    assertThat(world.crm.storedContact(known)).doesNotContainKey("HP_PMI_ID__c");
  }

  @Test
  void run_oneOfThemIsHeld_theOtherDoesNotGetItEither() {
    ContactId known = aContactThatFitsTwo();
    for (int day = 0; day < 6; day++) {
      SyncReport report = day == 0 ? world.firstSync() : world.nextSync();
      assertBalanced(report);
      assertThat(report.contacts().adopted()).isZero();
    }
    assertThat(world.store.holds().find(pmiId(1)))
        .as("three runs refused it: it is in quarantine")
        .isPresent();
    assertThat(world.crm.storedContact(known)).doesNotContainKey("HP_PMI_ID__c");
  }

  /** Creates the Contact and two participants that it fits. */
  private ContactId aContactThatFitsTwo() {
    ContactId known = marketing(1);
    person(1);
    person(2);
    world.contact(2, "Last Name_HP", "Muster1");
    world.contact(2, "Email_HP", "p1@example.org");
    return known;
  }

  @Test
  void run_manyAdoptions_areLookedAtInCallsOfTwoHundred() {
    for (int n = 1; n <= 1100; n++) {
      person(n);
      marketing(n);
    }
    world.crm.letJourneysAppear();

    SyncReport report = world.firstSync();

    assertThat(report.contacts().adopted()).isEqualTo(1100);
    assertThat(report.ids().complete()).isEqualTo(1100);
    assertBalanced(report);
    assertThat(world.nextSync().planned()).isEmpty();
  }

  @Test
  void run_contactThatGotAPmiIdSinceItWasPlanned_isLeftAlone() {
    ContactId known = marketing(1);
    person(1);
    SyncReport stopped = stoppedBeforeItSends();
    assertThat(stopped.state()).isEqualTo(RunState.SUSPENDED);
    assertThat(adoptions(stopped)).hasSize(1);
    world.crm.editContact(known, values("HP_PMI_ID__c", pmiText(77)));

    SyncReport report = world.nextSync();

    assertThat(report.contacts().adopted()).isZero();
    assertThat(report.errors()).anySatisfy(e -> assertThat(e.code()).isEqualTo(Match.TAKEN));
    assertThat(world.crm.storedContact(known)).containsEntry("HP_PMI_ID__c", pmiText(77));
    assertBalanced(report);
  }

  /** A first sync that has planned, and is asked to stop before its first write. */
  private SyncReport stoppedBeforeItSends() {
    world.load();
    RunServices services = world.services();
    AtomicReference<DailySync> sync = new AtomicReference<>();
    SyncListener stopping =
        new SyncListener() {
          @Override
          public void stepStarted(SyncStep step) {
            if (step == SyncStep.APPLY_CONTACTS) {
              sync.get().stop();
            }
          }
        };
    sync.set(
        new DailySync(
            new RunServices(
                services.source(),
                services.crm(),
                services.store(),
                services.clock(),
                services.pause(),
                stopping),
            world.settings()));
    return sync.get().run(new SyncRequest(RunMode.SYNC, "test", false, true, null, null));
  }

  @Test
  void run_killedAfterAnAdoptionWasSent_goesOnWithIt() {
    ContactId known = marketing(1);
    person(1);
    SyncReport stopped = stoppedBeforeItSends();
    assertThat(adoptions(stopped)).hasSize(1);
    world.crm.editContact(known, values("HP_PMI_ID__c", pmiText(1)));

    assertThat(world.nextSync().contacts().adopted()).isEqualTo(1);
  }

  @Test
  void undo_givesTheContactBackAsItWas_andNoSyncTakesItAgain() {
    ContactId known = marketing(1, "Phone", "2125550100");
    world.crm.letJourneysAppear();
    Map<String, String> before = world.crm.storedContact(known);
    person(1);
    world.contact(1, "Phone_HP", "2125550199");
    SyncReport wrong = world.firstSync();
    assertThat(wrong.contacts().adopted()).isEqualTo(1);

    SyncReport undo = world.sync().run(SyncRequest.undo("test", wrong.run(), null));

    assertThat(undo.contacts().updated()).isEqualTo(1);
    assertThat(world.crm.storedContact(known)).isEqualTo(before);
    assertBalanced(undo);
    SyncReport next = world.nextSync();
    assertThat(next.plannedTotal()).isZero();
    assertThat(world.crm.storedContact(known)).isEqualTo(before);
    assertThat(next.ids().contactPmi()).isZero();
  }

  @Test
  void run_withdrawnParticipant_isNotLookedFor() {
    ContactId known = marketing(1);
    person(1);
    world.journey(1, "Withdrawal Status", "1");

    SyncReport report = world.firstSync();

    assertThat(report.contacts().skipped()).isEqualTo(1);
    assertThat(world.crm.storedContact(known)).doesNotContainKey("HP_PMI_ID__c");
  }

  @Test
  void run_rowsThatContradict_areNotLookedFor() {
    marketing(1);
    person(1);
    world.extraContact(new RawRow(pmiText(1), Map.of("Last Name_HP", "Other")));

    SyncReport report = world.firstSync();

    assertThat(report.contacts().adopted()).isZero();
    assertThat(report.contacts().rejected()).isEqualTo(1);
  }
}
