package edu.cumc.aou.simulator.source;

import edu.cumc.aou.simulator.source.Draw.Topic;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the source knows about a person, day by day: first the past before day 1, then at most one
 * happening a day. Mutable, for one thread.
 */
final class Life {
  /** After a withdrawal or a death the source keeps the data for two more days. */
  private static final int DAYS_UNTIL_BLANK = 2;

  private static final int VISIT_LAG_DAYS = 3;

  private final Person person;
  private final LocalDate consent;
  private final Map<Milestone, LocalDate> done = new EnumMap<>(Milestone.class);
  private String ehr = "";
  private int consumedTubes;
  private boolean measurementsCancelled;

  private Organisation organisation = Organisation.COLUMBIA_COLUMBIA;
  private Organisation firstOrganisation = Organisation.COLUMBIA_COLUMBIA;
  private int surnameVersion;
  private int addressVersion;
  private int phoneVersion;
  private int emailVersion;
  private Person emailOwner;

  private @Nullable LocalDate withdrawal;
  private @Nullable LocalDateTime deactivation;
  private String deceased = "0";
  private @Nullable LocalDate death;
  private @Nullable LocalDateTime deathApproval;
  private int blankOnDay;
  private boolean blanked;

  private Life(Person person, LocalDate consent) {
    this.person = person;
    this.consent = consent;
    this.emailOwner = person;
  }

  /** A person as of day 1. */
  static Life onDayOne(Person person) {
    LocalDate start = SourceOptions.DAY_ONE;
    boolean scripted = person.role().isPresent();
    Life life = new Life(person, start.minusDays(40L + person.below(3_000, Topic.SIGN_UP, 0)));
    life.livePast(start);
    if (!scripted) {
      life.pairAtFirst();
      life.endPast(start);
    }
    return life;
  }

  /** A person who signed up the day before; they appear on {@code day}. */
  static Life newcomer(Person person, int day) {
    Life life = new Life(person, SourceOptions.eveOf(day));
    life.pairAtFirst();
    return life;
  }

  private void pairAtFirst() {
    double unit = person.unit(Topic.ORGANISATION, 0);
    organisation =
        unit < 0.86
            ? Organisation.COLUMBIA_COLUMBIA
            : unit < 0.94 ? Organisation.COLUMBIA_WEILL : Organisation.COLUMBIA_HARLEM;
    firstOrganisation = organisation;
  }

  private void livePast(LocalDate start) {
    boolean ehrLater = person.role().equals(Optional.of(Role.SAYS_YES_TO_EHR_LATE));
    int reach =
        person.chance(0.2, Topic.PROGRESS, 0)
            ? person.below(3, Topic.PROGRESS, 1)
            : 3 + person.below(Milestone.ALL.size() - 2, Topic.PROGRESS, 1);
    LocalDate date = consent;
    for (Milestone step : Milestone.ALL.subList(0, reach)) {
      date = date.plusDays(person.below(25, Topic.GAP, step.name().hashCode()));
      boolean skipped = person.chance(0.08, Topic.PROGRESS, 2L + step.name().hashCode());
      if (!date.isBefore(start.minusDays(VISIT_LAG_DAYS + 1L))) {
        return;
      }
      if (!skipped && !(ehrLater && step == Milestone.EHR)) {
        complete(step, date);
      }
    }
  }

  private void endPast(LocalDate start) {
    double unit = person.unit(Topic.PAST, 0);
    LocalDate then = consent.plusDays(20 + (long) (person.unit(Topic.PAST, 1) * daysSince(start)));
    if (unit < 0.02) {
      withdrawal = then;
      blanked = true;
    } else if (unit < 0.035) {
      deactivation = atSomeTime(then);
    } else if (unit < 0.04) {
      deceased = "2";
      death = then.minusDays(5);
      deathApproval = atSomeTime(then);
      blanked = true;
    }
  }

  private long daysSince(LocalDate start) {
    return consent.until(start, ChronoUnit.DAYS) - 30;
  }

  /** Lives one day; days must come in order, each once. */
  Happening live(int day) {
    if (blankOnDay == day) {
      blanked = true;
      return withdrawal != null ? Happening.BLANKED : Happening.CONTACT_CHANGED;
    }
    Optional<Role> role = person.role();
    if (role.isPresent()) {
      return role.get().play(this, day);
    }
    if (withdrawal != null || deceased.equals("2")) {
      return Happening.NONE;
    }
    return Chance.of(this, day);
  }

  Happening withdraw(int day) {
    withdrawal = SourceOptions.eveOf(day);
    blankOnDay = day + DAYS_UNTIL_BLANK;
    return Happening.WITHDREW;
  }

  Happening pairWith(Organisation other) {
    organisation = other;
    return Happening.REPAIRED;
  }

  Happening changeEmail() {
    emailVersion++;
    return Happening.CONTACT_CHANGED;
  }

  Happening takeEmailOf(Person other) {
    emailOwner = other;
    return Happening.CONTACT_CHANGED;
  }

  Happening changePhone() {
    phoneVersion++;
    return Happening.CONTACT_CHANGED;
  }

  Happening changeSurname() {
    surnameVersion++;
    return Happening.CONTACT_CHANGED;
  }

  Happening moveHouse() {
    addressVersion++;
    return Happening.CONTACT_CHANGED;
  }

  Happening deactivate(int day) {
    deactivation = atSomeTime(SourceOptions.eveOf(day));
    return Happening.JOURNEY_CHANGED;
  }

  Happening reactivate() {
    deactivation = null;
    return Happening.JOURNEY_CHANGED;
  }

  Happening reportDeath(int day) {
    deceased = "1";
    death = SourceOptions.eveOf(day).minusDays(3);
    return Happening.JOURNEY_CHANGED;
  }

  Happening approveDeath(int day) {
    deceased = "2";
    deathApproval = atSomeTime(SourceOptions.eveOf(day));
    blankOnDay = day + DAYS_UNTIL_BLANK;
    return Happening.JOURNEY_CHANGED;
  }

  Happening denyDeath() {
    deceased = "0";
    death = null;
    return Happening.JOURNEY_CHANGED;
  }

  Happening answerEhr(String answer, int day) {
    ehr = answer;
    done.put(Milestone.EHR, SourceOptions.eveOf(day));
    return Happening.JOURNEY_CHANGED;
  }

  /** Takes the next step, or, after the last one, something that still changes. */
  Happening advance(int day) {
    LocalDate eve = SourceOptions.eveOf(day);
    for (Milestone step : Milestone.ALL) {
      if (!done.containsKey(step)) {
        // A tube arrives up to three days after the visit, and no date may lie in the future. Two
        // steps come before the visit, a day each, so it never falls before the consent.
        complete(step, step == Milestone.VISIT ? eve.minusDays(VISIT_LAG_DAYS) : eve);
        return Happening.JOURNEY_CHANGED;
      }
    }
    switch (person.below(4, Topic.KIND, day)) {
      case 0 -> consumeTubeOrResubmit(eve);
      case 1 -> measurementsCancelled = !measurementsCancelled;
      case 2 -> answerEhr("1", day);
      default -> done.put(Milestone.ACCESS, eve);
    }
    return Happening.JOURNEY_CHANGED;
  }

  private void consumeTubeOrResubmit(LocalDate eve) {
    if (consumedTubes < Tube.ALL.size()) {
      consumedTubes++;
    } else {
      done.put(Milestone.ACCESS, eve);
    }
  }

  private void complete(Milestone step, LocalDate date) {
    done.put(step, date);
    if (step == Milestone.EHR) {
      double unit = person.unit(Topic.ANSWER, 0);
      ehr = unit < 0.88 ? "1" : unit < 0.96 ? "0" : "2";
    }
  }

  /** The time is in UTC, so an evening in New York falls on the next day. */
  LocalDateTime atSomeTime(LocalDate date) {
    return date.atStartOfDay().plusSeconds(person.below(86_400, Topic.TIME, date.toEpochDay()));
  }

  Person person() {
    return person;
  }

  LocalDate consent() {
    return consent;
  }

  /** Empty until the question is answered, then 0, 1 or 2. */
  String ehr() {
    return ehr;
  }

  Optional<LocalDate> done(Milestone step) {
    return Optional.ofNullable(done.get(step));
  }

  boolean consumed(Tube tube) {
    return Tube.ALL.subList(0, consumedTubes).contains(tube);
  }

  boolean measurementsCancelled() {
    return measurementsCancelled;
  }

  Organisation organisation() {
    return organisation;
  }

  /** Where the person was first paired, and gave their samples. */
  Organisation firstOrganisation() {
    return firstOrganisation;
  }

  String surname() {
    return person.surname(surnameVersion);
  }

  Person.Address address() {
    return person.address(addressVersion);
  }

  String phone() {
    return person.phone(phoneVersion);
  }

  String email() {
    return emailOwner.email(emailVersion);
  }

  Optional<LocalDate> withdrawal() {
    return Optional.ofNullable(withdrawal);
  }

  Optional<LocalDateTime> deactivation() {
    return Optional.ofNullable(deactivation);
  }

  /** 0 alive, 1 reported, 2 approved. */
  String deceased() {
    return deceased;
  }

  Optional<LocalDate> death() {
    return Optional.ofNullable(death);
  }

  Optional<LocalDateTime> deathApproval() {
    return Optional.ofNullable(deathApproval);
  }

  /** Whether the two days since the withdrawal, or since the death was approved, are over. */
  boolean blanked() {
    return blanked;
  }
}
