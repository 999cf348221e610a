package edu.cumc.aou.simulator.source;

import edu.cumc.aou.simulator.source.Draw.Topic;

/** The probabilities of what happens to people without a script. */
final class Chance {
  private static final double WITHDRAWAL = 0.0002;
  private static final double RE_PAIRING = 0.0005;
  private static final double CONTACT_CHANGE = 0.0035;
  private static final double DEACTIVATION = 0.0001;
  private static final double DEATH_REPORT = 0.00005;
  private static final double JOURNEY_CHANGE = 0.013;
  private static final double JOURNEY_CHANGE_AT_FIRST = 0.25;
  private static final double RETURN = 0.05;
  private static final int FIRST_DAYS = 14;

  private Chance() {}

  static Happening of(Life life, int day) {
    double left = life.person().unit(Topic.DAY, day);
    if (left < WITHDRAWAL) {
      return life.withdraw(day);
    }
    left -= WITHDRAWAL;
    if (left < RE_PAIRING) {
      return rePair(life, day);
    }
    left -= RE_PAIRING;
    if (left < CONTACT_CHANGE) {
      return changeContact(life, left / CONTACT_CHANGE);
    }
    left -= CONTACT_CHANGE;
    if (life.deactivation().isPresent()) {
      return left < RETURN ? life.reactivate() : Happening.NONE;
    }
    if (life.deceased().equals("1")) {
      return left < RETURN ? endReport(life, day) : Happening.NONE;
    }
    if (left < DEACTIVATION) {
      return life.deactivate(day);
    }
    left -= DEACTIVATION;
    if (left < DEATH_REPORT) {
      return life.reportDeath(day);
    }
    left -= DEATH_REPORT;
    boolean fresh = life.consent().isAfter(SourceOptions.dateOf(day).minusDays(FIRST_DAYS));
    return left < (fresh ? JOURNEY_CHANGE_AT_FIRST : JOURNEY_CHANGE)
        ? life.advance(day)
        : Happening.NONE;
  }

  private static Happening rePair(Life life, int day) {
    if (life.organisation() != Organisation.COLUMBIA_COLUMBIA) {
      return life.pairWith(Organisation.COLUMBIA_COLUMBIA);
    }
    boolean harlem = life.person().chance(0.4, Topic.ORGANISATION, day);
    return life.pairWith(harlem ? Organisation.COLUMBIA_HARLEM : Organisation.COLUMBIA_WEILL);
  }

  private static Happening changeContact(Life life, double kind) {
    if (kind < 0.45) {
      return life.moveHouse();
    }
    if (kind < 0.7) {
      return life.changePhone();
    }
    return kind < 0.92 ? life.changeEmail() : life.changeSurname();
  }

  private static Happening endReport(Life life, int day) {
    return life.person().chance(0.9, Topic.KIND, day) ? life.approveDeath(day) : life.denyDeath();
  }
}
