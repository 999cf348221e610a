package edu.cumc.aou.sync.adoption;

import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.DecisionTable.Kind;
import edu.cumc.aou.sync.port.DecisionTable.Verdict;
import edu.cumc.aou.sync.port.InMemoryCrm;
import edu.cumc.aou.sync.port.InMemorySyncStore;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search finds, one participant after the other. */
class AdoptionSearchTest {

  private static final AdoptionSettings ON = new AdoptionSettings(List.of(InMemoryCrm.OWNER));
  private static final AdoptionSettings OFF = new AdoptionSettings(List.of());
  private static final String HASH = "hash";

  private final VirtualClock clock = new VirtualClock();
  private final InMemoryCrm crm = new InMemoryCrm(clock, true);
  private final InMemorySyncStore store = new InMemorySyncStore(clock);
  private final List<String> notes = new ArrayList<>();

  private Adoption adoption(AdoptionSettings settings) {
    return adoption(crm, settings);
  }

  private Adoption adoption(Crm org, AdoptionSettings settings) {
    return new Adoption(
        org,
        store.mirror(),
        settings,
        AdoptionAnswers.of(store),
        new SyncListener() {
          @Override
          public void note(String text) {
            notes.add(text);
          }
        });
  }

  private static FieldValues person(int number) {
    return values("FirstName", "Joe", "LastName", "Muster", "Email", "p" + number + "@example.org");
  }

  private ContactId contact(int number) {
    return crm.createContact(null, person(number));
  }

  private void answer(int number, Verdict verdict, String answer) {
    store
        .decisions()
        .put(
            List.of(
                new Decision(
                    Kind.ADOPTION,
                    pmiText(number),
                    "",
                    verdict,
                    answer,
                    "staff",
                    "",
                    clock.instant(),
                    HASH)));
  }

  private static Match find(Adoption adoption, int number) {
    return adoption.find(pmiId(number), HASH, Set.of(), person(number));
  }

  private static Match contestedMatch(ContactId contact) {
    return new Match.Doubtful(Match.SEVERAL_PARTICIPANTS, Set.of(contact));
  }

  @Test
  void find_readsTheCandidatesOnce_andSaysHowManyThereAre() {
    ContactId one = contact(1);
    ContactId two = contact(2);
    Adoption adoption = adoption(ON);

    assertThat(find(adoption, 1)).isEqualTo(new Match.One(one));
    assertThat(find(adoption, 2)).isEqualTo(new Match.One(two));
    assertThat(find(adoption, 3)).isEqualTo(new Match.None());
    assertThat(crm.readings()).hasSize(1);
    assertThat(notes)
        .containsExactly(
            "adoption: new participants are compared with 2 Contacts without a PMI ID");
  }

  @Test
  void find_withoutAnAddress_findsNobody_andCostsNoCall() {
    contact(1);

    assertThat(
            adoption(ON)
                .find(pmiId(1), HASH, Set.of(), values("FirstName", "Joe", "LastName", "Muster")))
        .isEqualTo(new Match.None());
    assertThat(crm.readings()).isEmpty();
  }

  @Test
  void find_switchedOff_findsNobody_andFollowsAnAnswerAllTheSame() {
    ContactId one = contact(1);
    answer(2, Verdict.ADOPT, one.value());
    Adoption adoption = adoption(OFF);

    assertThat(adoption.isOn()).isFalse();
    assertThat(find(adoption, 1)).isEqualTo(new Match.None());
    assertThat(find(adoption, 2)).isEqualTo(new Match.One(one));
    assertThat(crm.readings()).isEmpty();
  }

  @Test
  void find_contactThatAnAnswerGaveAway_isNoCandidateOfOthers() {
    ContactId one = contact(1);
    answer(2, Verdict.ADOPT, one.value());

    assertThat(find(adoption(ON), 1)).isEqualTo(new Match.None());
    assertThat(notes).singleElement().asString().contains("compared with 0 Contacts");
  }

  /** The answer was followed once. Since then the Contact is gone, so the search begins again. */
  @Test
  void find_answerWithAContactThatIsGone_isNotFollowedAgain() {
    ContactId one = contact(1);
    answer(1, Verdict.ADOPT, "003MEM000000999AAA");

    assertThat(
            adoption(ON)
                .find(pmiId(1), HASH, Set.of(new ContactId("003MEM000000999AAA")), person(1)))
        .isEqualTo(new Match.One(one));
  }

  @Test
  void find_afterTheAnswerNone_findsNobody_untilTheSourceSaysSomethingElse() {
    ContactId one = contact(1);
    answer(1, Verdict.NONE, "");
    Adoption adoption = adoption(ON);

    assertThat(find(adoption, 1)).isEqualTo(new Match.None());
    assertThat(crm.readings()).isEmpty();
    assertThat(adoption.find(pmiId(1), "another hash", Set.of(), person(1)))
        .isEqualTo(new Match.One(one));
  }

  /** An earlier answer to another question about the same person decides nothing here. */
  @Test
  void find_answerToAnotherQuestion_countsNot() {
    ContactId one = contact(1);
    store
        .decisions()
        .put(
            List.of(
                new Decision(
                    Kind.HOLD,
                    pmiText(1),
                    "REVIEW",
                    Verdict.ACKNOWLEDGED,
                    "",
                    "staff",
                    "",
                    clock.instant(),
                    HASH)));

    assertThat(find(adoption(ON), 1)).isEqualTo(new Match.One(one));
  }

  @Test
  void find_contactThatFitsTwo_isGivenToNeither() {
    ContactId one = contact(1);
    Adoption adoption = adoption(ON);

    assertThat(find(adoption, 1)).isEqualTo(new Match.One(one));
    adoption.give(one, 7);
    assertThat(adoption.contested()).isEmpty();
    assertThat(adoption.find(pmiId(2), HASH, Set.of(), person(1))).isEqualTo(contestedMatch(one));
    assertThat(adoption.find(pmiId(3), HASH, Set.of(), person(1))).isEqualTo(contestedMatch(one));
    assertThat(adoption.contested()).containsExactly(7L);
  }

  @Test
  void find_contactOfADoubt_isGivenToNobodyElse() {
    ContactId one = contact(1);
    ContactId two = contact(1);
    Adoption adoption = adoption(ON);

    assertThat(find(adoption, 1))
        .isEqualTo(new Match.Doubtful(Match.SEVERAL_CONTACTS, Set.of(one, two)));
    assertThat(adoption.ofSurvivor(one)).isEqualTo(contestedMatch(one));
    assertThat(adoption.ofSurvivor(two)).isEqualTo(contestedMatch(two));
    assertThat(adoption.contested()).as("no change gave it to anybody").isEmpty();
  }

  @Test
  void ofSurvivor_isTheirs_unlessTwoParticipantsHadTheMergedContacts() {
    ContactId one = contact(1);
    Adoption adoption = adoption(OFF);

    assertThat(adoption.ofSurvivor(one)).isEqualTo(new Match.One(one));
    adoption.give(one, 4);
    assertThat(adoption.ofSurvivor(one)).isEqualTo(contestedMatch(one));
    assertThat(adoption.contested()).containsExactly(4L);
  }

  @Test
  void passOver_beforeTheFirstSearch_costsNoCall_andKeepsTheContactFromOthers() {
    ContactId one = contact(1);
    ContactId two = contact(2);
    Adoption adoption = adoption(ON);

    adoption.passOver(person(1));
    assertThat(crm.readings()).isEmpty();
    assertThat(adoption.find(pmiId(3), HASH, Set.of(), person(1))).isEqualTo(contestedMatch(one));
    assertThat(find(adoption, 2)).isEqualTo(new Match.One(two));
  }

  @Test
  void passOver_afterASearch_takesTheContactBack() {
    ContactId one = contact(1);
    Adoption adoption = adoption(ON);
    find(adoption, 1);
    adoption.give(one, 9);

    adoption.passOver(person(2));
    assertThat(adoption.contested()).as("fits another Contact, or none").isEmpty();
    adoption.passOver(person(1));
    assertThat(adoption.contested()).containsExactly(9L);
  }

  @Test
  void stillFree_asksInBatches_andLeavesOutWhatGotAPmiIdOrWent() {
    List<ContactId> ids =
        IntStream.rangeClosed(0, Crm.MAX_BATCH).mapToObj(n -> contact(n)).toList();
    ContactId taken = crm.createContact(pmiText(1), person(1));
    crm.deleteContact(ids.get(1));
    List<ContactId> asked = new ArrayList<>(ids);
    asked.add(0, taken);

    assertThat(adoption(ON).stillFree(asked, List.of(MatchKeys.EMAIL)).keySet())
        .hasSize(Crm.MAX_BATCH)
        .doesNotContain(taken, ids.get(1))
        .contains(ids.get(0), ids.get(Crm.MAX_BATCH));
  }

  /** The org, with so many nameless Contacts without a PMI ID. */
  private Crm orgWithContacts(int count) {
    Contact nameless =
        new Contact(
            contactId(1), null, false, FieldValues.empty(), Instant.EPOCH, "", false, false, null);
    return (Crm)
        Proxy.newProxyInstance(
            Crm.class.getClassLoader(),
            new Class<?>[] {Crm.class},
            (proxy, method, arguments) ->
                method.getName().equals("contacts")
                    ? Cursor.of(Collections.nCopies(count, nameless).iterator())
                    : method.invoke(crm, arguments));
  }

  @Test
  void find_moreCandidatesThanARunShouldHold_saysWhichSettingToNarrow() {
    Adoption most = adoption(orgWithContacts(Adoption.MOST_CANDIDATES), ON);
    assertThat(find(most, 1)).isEqualTo(new Match.None());

    Adoption more = adoption(orgWithContacts(Adoption.MOST_CANDIDATES + 1), ON);
    assertThatThrownBy(() -> find(more, 1))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("adoption.owners: these users own more than 100000 Contacts");
  }

  @ParameterizedTest
  @CsvSource({
    "FirstName LastName Email, true",
    "FirstName LastName OtherPhone, true",
    "FirstName LastName MobilePhone Email, true",
    "FirstName LastName Birthdate, false",
    "FirstName Email Phone, false",
    "LastName Email Phone, false"
  })
  void canWork_withBothNamesAndAnAddress(String mapped, boolean can) {
    assertThat(Adoption.canWork(List.of(mapped.split(" ")))).isEqualTo(can);
  }

  @Test
  void keys_hidePersonalDataFromLogs() {
    assertThat(MatchKeys.of(person(1))).hasToString("MatchKeys[hidden]");
  }
}
