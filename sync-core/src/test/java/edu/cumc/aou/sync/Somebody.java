package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.HoldTable.Kind;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.RawRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a participant may be like: a state of the source's rows, and of Salesforce. Columns and
 * values are those of {@link SyncWorld}.
 *
 * @param first what the source says before the first run
 * @param later what it says afterwards
 * @param happening what happens between the two runs
 */
record Somebody(Values first, Values later, Happening happening) {

  /** The values of one day; each may be dirty. */
  record Values(String lastName, String email, String state, String birth, String flag) {}

  /** What happens between two runs. */
  enum Happening {
    NOTHING,
    WITHDRAWS,
    SAYS_SOMETHING_UNCLEAR_OF_WITHDRAWAL,
    BECOMES_A_TEST,
    LEAVES,
    LOSES_THE_CONTACT_ROW,
    LOSES_THE_JOURNEY_ROW,
    LOSES_BOTH_ROWS,
    ROW_IS_DOUBLED,
    CONTACT_ROWS_CONTRADICT,
    JOURNEY_ROWS_CONTRADICT,
    A_MALFORMED_KEY_TURNS_UP,
    CONTACT_IS_DELETED,
    CONTACT_IS_EDITED,
    JOURNEY_IS_DELETED,
    JOURNEY_IS_DOUBLED,
    IS_HELD,
    IS_HELD_UNTIL_THE_SOURCE_MOVES_ON
  }

  void signUp(SyncWorld world, int number) {
    world.person(number);
    say(world, number, first);
  }

  private static void say(SyncWorld world, int number, Values values) {
    world.contact(number, "Last Name_HP", values.lastName());
    world.contact(number, "Email_HP", values.email());
    world.contact(number, "State_HP", values.state());
    world.contact(number, "Date of Birth_HP", values.birth());
    world.journey(number, "EHR Consent Status", values.flag());
  }

  void live(SyncWorld world, int number) {
    say(world, number, later);
    switch (happening) {
      case NOTHING -> {}
      case WITHDRAWS -> world.journey(number, "Withdrawal Status", "1");
      case SAYS_SOMETHING_UNCLEAR_OF_WITHDRAWAL -> world.journey(number, "Withdrawal Status", "?");
      case BECOMES_A_TEST -> world.contact(number, "Email_HP", "x@example.com");
      case LEAVES -> world.contact(number, "Paired Organization_HP", "COLUMBIA_WEILL");
      case LOSES_THE_CONTACT_ROW -> world.removeContact(number);
      case LOSES_THE_JOURNEY_ROW -> world.removeJourney(number);
      case LOSES_BOTH_ROWS -> world.remove(number);
      case ROW_IS_DOUBLED -> {
        world.removeContact(number);
        RawRow row = contactRow(number, later.lastName());
        world.extraContact(row);
        world.extraContact(row);
      }
      case CONTACT_ROWS_CONTRADICT -> world.extraContact(contactRow(number, "Contradicting"));
      case JOURNEY_ROWS_CONTRADICT ->
          world.extraJourney(new RawRow(pmiText(number), Map.of("Participant Status", "Other")));
      case A_MALFORMED_KEY_TURNS_UP -> {
        world.extraContact(new RawRow("P" + number, Map.of("Last Name_HP", "Nobody")));
        world.extraJourney(new RawRow("", Map.of("Participant Status", "Nobody's")));
      }
      case CONTACT_IS_DELETED -> contactOf(world, number).ifPresent(world.crm::deleteContact);
      case CONTACT_IS_EDITED ->
          contactOf(world, number)
              .ifPresent(
                  id ->
                      world.crm.editContact(
                          id, values("Email", "staff@example.org", "Phone", "1")));
      case JOURNEY_IS_DELETED ->
          mirrored(world, number)
              .flatMap(c -> c.journeys().stream().findFirst())
              .ifPresent(j -> world.crm.deleteJourney(j.id()));
      case JOURNEY_IS_DOUBLED ->
          contactOf(world, number).ifPresent(id -> world.crm.createJourney(id));
      case IS_HELD -> hold(world, number, null);
      case IS_HELD_UNTIL_THE_SOURCE_MOVES_ON -> hold(world, number, "of other values");
    }
  }

  private static RawRow contactRow(int number, String lastName) {
    return new RawRow(
        pmiText(number),
        Map.of("Last Name_HP", lastName, "Paired Organization_HP", "COLUMBIA_COLUMBIA"));
  }

  private static void hold(SyncWorld world, int number, String valuesHash) {
    world
        .store
        .holds()
        .put(
            List.of(
                new Hold(pmiId(number), Kind.REVIEW, "test", world.clock.instant(), valuesHash)));
  }

  private static Optional<ContactId> contactOf(SyncWorld world, int number) {
    return mirrored(world, number).map(MirroredContact::id);
  }

  private static Optional<MirroredContact> mirrored(SyncWorld world, int number) {
    return world.store.mirror().find(pmiId(number)).stream()
        .flatMap(e -> e.contacts().stream())
        .filter(c -> !c.gone())
        .findFirst();
  }
}
