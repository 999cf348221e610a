package edu.cumc.aou.mornings.life;

import java.util.Arrays;
import java.util.List;

/** What may happen, and who does it. */
public enum Kind {
  SIGNS_UP(Actor.SOURCE, "signs up"),
  CONTACT_CHANGES(Actor.SOURCE, "gets another value in the contact relation"),
  JOURNEY_CHANGES(Actor.SOURCE, "gets another value in the journey relation"),
  CONTACT_BLANKED(Actor.SOURCE, "loses a value in the contact relation"),
  JOURNEY_BLANKED(Actor.SOURCE, "loses a value in the journey relation"),
  DIRTY_VALUE(Actor.SOURCE, "gets a value that no field can take"),
  NO_BREAK_BLANK(Actor.SOURCE, "has a no-break blank for a value"),
  WITHDRAWS(Actor.SOURCE, "withdraws"),
  WITHDRAWN_IS_BLANKED(Actor.SOURCE, "withdraws, and the source blanks everything"),
  UNWITHDRAWS(Actor.SOURCE, "is no longer withdrawn"),
  UNCLEAR(Actor.SOURCE, "has an unclear withdrawal status"),
  LEAVES(Actor.SOURCE, "is paired with another organisation"),
  RETURNS(Actor.SOURCE, "is paired with this organisation"),
  TESTS(Actor.SOURCE, "becomes a test account"),
  DIES(Actor.SOURCE, "dies"),
  DOUBLED_EQUAL(Actor.SOURCE, "has two equal rows"),
  DOUBLED_DIFFERING(Actor.SOURCE, "has two rows that differ"),
  SINGLE_AGAIN(Actor.SOURCE, "has one row again"),
  KEY_DIRTY(Actor.SOURCE, "has a PMI ID in small letters and with blanks"),
  KEY_MALFORMED(Actor.SOURCE, "has a malformed PMI ID"),
  KEY_CLEAN(Actor.SOURCE, "has a clean PMI ID"),
  CONTACT_ROW_GOES(Actor.SOURCE, "loses the contact row"),
  JOURNEY_ROW_GOES(Actor.SOURCE, "loses the journey row"),
  ROWS_GO(Actor.SOURCE, "is no longer in the source"),
  ROWS_COME_BACK(Actor.SOURCE, "is in the source again"),
  HALF_LOAD(Actor.SOURCE, "the load of that day is half"),
  REVERTED_LOAD(Actor.SOURCE, "the load of that day is the one of the day before"),

  STAFF_EDITS_CONTACT(Actor.STAFF, "is edited by the staff"),
  STAFF_CLEARS_CONTACT(Actor.STAFF, "loses a value by the staff"),
  STAFF_EDITS_JOURNEY(Actor.STAFF, "has a journey that the staff edits"),
  STAFF_EDITS_OTHER_FIELD(Actor.STAFF, "is touched by the staff, in no mapped field"),
  STAFF_CREATES_CONTACT(Actor.STAFF, "gets a Contact by hand"),
  STAFF_DELETES_CONTACT(Actor.STAFF, "has a Contact that the staff deletes"),
  STAFF_UNDELETES(Actor.STAFF, "has a Contact that comes out of the bin"),
  STAFF_ERASES(Actor.STAFF, "has a Contact that is deleted for good"),
  STAFF_MERGES(Actor.STAFF, "is merged into another Contact, made by hand"),
  STAFF_EDITS_PMI(Actor.STAFF, "gets another PMI ID by the staff"),
  STAFF_CLEARS_PMI(Actor.STAFF, "loses the PMI ID by the staff"),
  STAFF_DELETES_JOURNEY(Actor.STAFF, "has a journey that the staff deletes"),
  STAFF_DOUBLES_JOURNEY(Actor.STAFF, "gets a second journey by the staff"),
  STAFF_MOVES_JOURNEY(Actor.STAFF, "loses the journey to another Contact"),

  REWRITES(Actor.AUTOMATION, "an automation writes a field in capitals from now on"),
  REWRITES_KEY(Actor.AUTOMATION, "an automation strips the PMI ID from now on"),
  REWRITES_NO_MORE(Actor.AUTOMATION, "the automation is off"),
  REFUSED(Actor.AUTOMATION, "is refused by a validation rule from now on"),
  ACCEPTED(Actor.AUTOMATION, "is no longer refused"),
  JOURNEYS_NEVER(Actor.AUTOMATION, "the flow makes no journeys"),
  JOURNEYS_TWICE(Actor.AUTOMATION, "the flow makes two journeys each"),
  JOURNEYS_AGAIN(Actor.AUTOMATION, "the flow makes one journey each"),
  LOCKED(Actor.AUTOMATION, "is locked at the next write"),

  ORG_DOWN(Actor.NETWORK, "Salesforce cannot be reached for some calls"),
  ORG_THROTTLES(Actor.NETWORK, "the API calls are used up for some calls"),
  LOGIN_REFUSED(Actor.NETWORK, "the login is refused"),
  ANSWER_LOST_APPLIED(Actor.NETWORK, "the answer to the next write is lost"),
  ANSWER_LOST_UNAPPLIED(Actor.NETWORK, "the next write itself is lost"),
  WIRE_FAULT(Actor.NETWORK, "something goes wrong with some requests"),
  STORE_DOWN(Actor.NETWORK, "the store cannot be reached for some calls"),

  KILL(Actor.PROCESS, "the process is killed before a call"),
  KILL_AFTER(Actor.PROCESS, "the process is killed after a call"),
  FREEZE(Actor.PROCESS, "the process freezes past its lease"),
  FREEZE_AND_RIVAL(Actor.PROCESS, "the process freezes past its lease, and another runs meanwhile"),
  RIVAL(Actor.PROCESS, "another run begins meanwhile"),
  STOP(Actor.PROCESS, "the process is asked to stop"),
  DEADLINE(Actor.PROCESS, "the process has a deadline"),

  FULL(Actor.OPERATOR, "somebody runs sync --full"),
  PLANNED(Actor.OPERATOR, "somebody runs plan, and sync --plan"),
  PLAN_ONLY(Actor.OPERATOR, "somebody runs plan"),
  RETRIES(Actor.OPERATOR, "somebody runs retry"),
  RELEASES(Actor.OPERATOR, "somebody releases everybody who is held"),
  UNDOES(Actor.OPERATOR, "somebody runs undo"),
  FORGETS(Actor.OPERATOR, "is forgotten"),

  // what lives from Schedule.MORE on know besides

  DIRTY_CASE(Actor.SOURCE, "gets a value of the list of dirty cases", true),
  COLUMN_RENAMED(Actor.SOURCE, "a column of the source has another of its names from now on", true),
  COLUMNS_RETYPED(Actor.SOURCE, "the columns of days have another type from now on", true),
  COLUMN_GOES(Actor.SOURCE, "the source lacks a column from now on", true),
  COLUMNS_BACK(Actor.SOURCE, "all columns are as they were", true),

  STAFF_MAKES_LEAD(Actor.STAFF, "has a Contact that was made before, without a PMI ID", true),

  CLEARS(Actor.AUTOMATION, "an automation clears a field from now on", true),

  FIELD_HIDDEN(Actor.ORG, "a field is hidden from the user", true),
  FIELD_READ_ONLY(Actor.ORG, "the user may no longer edit a field", true),
  FIELD_REQUIRED(Actor.ORG, "a field is required from now on", true),
  PICKLIST_SHRINKS(Actor.ORG, "a picklist no longer offers a value", true),
  ORG_AS_BEFORE(Actor.ORG, "the rules of the org are as they were", true),
  CALLS_SCARCE(Actor.ORG, "others have used most of the day's API calls", true),
  SANDBOX_REFRESHED(Actor.ORG, "the sandbox is refreshed and is another org", true),

  CLOCK_BACK(Actor.PROCESS, "the clock of the machine goes wrong by an hour and a half", true),
  STORE_FULL(Actor.PROCESS, "the store takes no more rows", true),
  STORE_READ_ONLY(Actor.PROCESS, "the store is read-only", true),

  PLANNED_THEN_CHANGED(
      Actor.OPERATOR, "somebody runs plan, source and org change, and sync --plan runs", true),
  PURGES(Actor.OPERATOR, "somebody runs purge", true),
  ABANDONS(Actor.OPERATOR, "somebody gives up the unfinished run", true),
  POLICY_CHANGES(Actor.OPERATOR, "somebody changes the policy of a field", true),
  FIELD_OFF(Actor.OPERATOR, "somebody takes a field out of the mapping", true),

  // what lives from Schedule.UPGRADES on know besides

  STAFF_CHANGES_OWNER(Actor.STAFF, "has a Contact that gets another owner", 2),
  STAFF_CHANGES_ACCOUNT(Actor.STAFF, "has a Contact that goes to another Account", 2),
  DATABASE_CLOCK_BACK(
      Actor.PROCESS, "the clock of the database is set back by an hour and a half", 2),

  // what lives from Schedule.KEYS on know besides

  CLEARS_KEY(Actor.AUTOMATION, "an automation clears the PMI ID from now on", 3);

  /** Who does it. */
  public enum Actor {
    SOURCE,
    STAFF,
    AUTOMATION,
    NETWORK,
    PROCESS,
    OPERATOR,
    ORG
  }

  private final Actor actor;
  private final String words;
  private final int since;

  Kind(Actor actor, String words) {
    this(actor, words, 0);
  }

  Kind(Actor actor, String words, boolean later) {
    this(actor, words, later ? 1 : 0);
  }

  Kind(Actor actor, String words, int since) {
    this.actor = actor;
    this.words = words;
    this.since = since;
  }

  public Actor actor() {
    return actor;
  }

  String words() {
    return words;
  }

  static List<Kind> of(Actor actor) {
    return Arrays.stream(values()).filter(k -> k.actor == actor && k.since == 0).toList();
  }

  /** What only lives from {@link Schedule#MORE} on know. */
  static List<Kind> later() {
    return Arrays.stream(values()).filter(k -> k.since == 1).toList();
  }

  /** What only lives from {@link Schedule#UPGRADES} on know. */
  static List<Kind> newest() {
    return Arrays.stream(values()).filter(k -> k.since == 2).toList();
  }

  /** What only lives from {@link Schedule#KEYS} on know. */
  static List<Kind> ofKeys() {
    return Arrays.stream(values()).filter(k -> k.since == 3).toList();
  }

  /** Whether it is about one participant. */
  boolean isPersonal() {
    return switch (actor) {
      case STAFF -> true;
      case SOURCE ->
          this == DIRTY_CASE || (since == 0 && this != HALF_LOAD && this != REVERTED_LOAD);
      case AUTOMATION -> this == REFUSED || this == ACCEPTED || this == LOCKED;
      case NETWORK, PROCESS, ORG -> false;
      case OPERATOR -> this == FORGETS;
    };
  }

  /** Whether an administrator does it to a field, even while a run is under way. */
  boolean isOfField() {
    return this == FIELD_HIDDEN
        || this == FIELD_READ_ONLY
        || this == FIELD_REQUIRED
        || this == PICKLIST_SHRINKS;
  }

  /** Whether it may happen while a run is under way. */
  boolean mayInterrupt() {
    return actor == Actor.STAFF || actor == Actor.NETWORK || actor == Actor.PROCESS;
  }
}
