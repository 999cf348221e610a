package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.port.InMemoryCrm;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Who gets which Contact, for whatever people share names and addresses, against the rule applied
 * to each pair.
 */
class AdoptionPropertyTest {

  private static final String SETTINGS =
      """
      adoption { enabled = true, owners = ["%s"] }
      guards { max-rejected.share = 100%%, max-inserts.share = 100%%, max-skipped = 100%% }
      """
          .formatted(InMemoryCrm.OWNER);

  /** Names come in pairs that sound alike. */
  private record Person(
      String first, String last, String email, String phone, String birth, boolean listed) {

    private static String sound(String name) {
      return switch (name) {
        case "Jo", "Joe" -> "J";
        case "Smith", "Smyth" -> "S";
        default -> name;
      };
    }

    boolean fits(Person contact) {
      boolean reached =
          (!email.isEmpty() && email.equals(contact.email))
              || (!phone.isEmpty() && phone.equals(contact.phone));
      return reached
          && !first.isEmpty()
          && !last.isEmpty()
          && !contact.first.isEmpty()
          && (isOfTheDay(contact)
              || (sound(first).equals(sound(contact.first))
                  && sound(last).equals(sound(contact.last))));
    }

    /** The last name may have changed. */
    private boolean isOfTheDay(Person contact) {
      return !birth.isEmpty() && birth.equals(contact.birth) && first.equals(contact.first);
    }

    /** Whether no relative can be meant. */
    boolean isSurely(Person contact) {
      return first.equals(contact.first)
          && ((!birth.isEmpty() && birth.equals(contact.birth))
              || (!email.isEmpty() && email.equals(contact.email) && last.equals(contact.last)));
    }

    boolean contradicts(Person contact) {
      return !birth.isEmpty() && !contact.birth.isEmpty() && !birth.equals(contact.birth);
    }
  }

  @Provide
  Arbitrary<List<Person>> people() {
    return Combinators.combine(
            Arbitraries.of("Jo", "Joe", "Ann", ""),
            Arbitraries.of("Smith", "Smyth", "Miller"),
            Arbitraries.of("a@example.org", "b@example.org", "c@example.org", ""),
            Arbitraries.of("2125550100", "2125550101", ""),
            Arbitraries.of("1950-01-31", "1980-02-29", ""),
            Arbitraries.of(true, true, false))
        .as(Person::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(7);
  }

  @Property(tries = 300, seed = "3")
  void contactIsAdopted_justWhereItFitsOneParticipant_whomNoOtherFits(
      @ForAll("people") List<Person> participants,
      @ForAll("people") List<Person> contacts,
      @ForAll boolean unique) {
    SyncWorld world = new SyncWorld(unique, SETTINGS);
    List<ContactId> ids = new ArrayList<>();
    contacts.forEach(c -> ids.add(create(world, c)));
    world.crm.letJourneysAppear();
    for (int i = 0; i < participants.size(); i++) {
      signUp(world, i + 1, participants.get(i));
    }

    SyncReport report = world.firstSync();

    assertThat(report.contacts().holds()).isTrue();
    assertThat(report.journeys().holds()).isTrue();
    Map<ContactId, String> expected = new HashMap<>();
    for (int i = 0; i < participants.size(); i++) {
      int number = i + 1;
      theirs(participants, i, contacts).ifPresent(c -> expected.put(ids.get(c), pmiText(number)));
    }
    for (ContactId id : ids) {
      assertThat(world.crm.storedContact(id).get("HP_PMI_ID__c")).isEqualTo(expected.get(id));
    }
    assertThat(report.contacts().adopted()).isEqualTo(expected.size());
    SyncReport next = world.nextSync();
    assertThat(next.plannedTotal() - next.journeys().notAttempted())
        .as("planned although nothing changed")
        .isZero();
  }

  private static Optional<Integer> theirs(
      List<Person> participants, int participant, List<Person> contacts) {
    Person person = participants.get(participant);
    if (!person.listed()) {
      return Optional.empty();
    }
    List<Integer> fitting =
        IntStream.range(0, contacts.size())
            .filter(c -> person.fits(contacts.get(c)))
            .boxed()
            .toList();
    if (fitting.size() != 1
        || person.contradicts(contacts.get(fitting.get(0)))
        || !person.isSurely(contacts.get(fitting.get(0)))) {
      return Optional.empty();
    }
    Person contact = contacts.get(fitting.get(0));
    long wanting = participants.stream().filter(p -> p.fits(contact)).count();
    return wanting == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
  }

  private static ContactId create(SyncWorld world, Person contact) {
    return world.crm.createContact(
        null,
        values(
            "FirstName", contact.first(),
            "LastName", contact.last(),
            "Email", contact.email(),
            "Phone", contact.phone(),
            "Birthdate", contact.birth()));
  }

  /** Who is not listed is another organisation's. */
  private static void signUp(SyncWorld world, int number, Person person) {
    world.person(number);
    world.contact(number, "First Name_HP", person.first());
    world.contact(number, "Last Name_HP", person.last());
    world.contact(number, "Email_HP", person.email());
    world.contact(number, "Phone_HP", person.phone());
    world.contact(number, "Date of Birth_HP", person.birth());
    if (!person.listed()) {
      world.contact(number, "Paired Organization_HP", "COLUMBIA_WEILL");
    }
  }
}
