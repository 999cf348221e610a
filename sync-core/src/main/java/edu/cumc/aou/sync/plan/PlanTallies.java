package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of the counts that a plan leaves in {@code sync_run}. Each follows {@code contact.} or
 * {@code journey.}; a name that ends in a dot takes a reason.
 */
public final class PlanTallies {

  /** Rows read from the relation that feeds the object. */
  public static final String ROWS = "rows";

  /** Rows beyond the first of one participant, whether identical or contradictory. */
  public static final String SURPLUS_ROWS = "surplus-rows";

  public static final String UNCHANGED = "unchanged";

  /** Withdrawn; the record in Salesforce stays as it is. */
  public static final String FROZEN = "frozen";

  public static final String HELD = "held.";

  /** A reason to hold: several Contacts have the PMI ID. */
  public static final String DOUBLED_PMI_ID = "doubled-pmi-id";

  /** A reason to hold: the Contact has several journeys. */
  public static final String SEVERAL_JOURNEYS = "several-journeys";

  /** A reason to hold a withdrawal: the Contact has no journey. */
  static final String MISSING_JOURNEY = "missing-journey";

  /** A reason to hold a withdrawal: the Contact that the participant had lost its PMI ID. */
  static final String NO_CONTACT = "no-contact";

  /**
   * A reason to hold a withdrawal: the Contact was merged into another participant's, and none of
   * the journeys there shows it.
   */
  static final String MERGED = "merged";

  /** A reason to hold a withdrawal: a journey that lost its Contact does not show it. */
  static final String ORPHAN_JOURNEY = "orphan-journey";

  /**
   * A reason to hold a withdrawal: only the contact relation shows it, and there is no journey row.
   */
  static final String NO_JOURNEY_ROW = "no-journey-row";

  /** A reason to hold a withdrawal: the source has no value for the fields that would show it. */
  static final String NO_VALUE = "no-value";

  /** A reason to hold a withdrawal: Salesforce changed it when we sent it. */
  static final String NOT_TAKEN_OVER = "not-taken-over";

  /** A reason to hold a withdrawal: a person changed it again after we had corrected it. */
  static final String CHANGED_BACK = "changed-back";

  private static final String WITHDRAWAL = "withdrawal-";

  /**
   * Turns the reason why no journey can be chosen into the reason to hold a withdrawn participant.
   */
  static String unsentWithdrawal(String reason) {
    String code = WITHDRAWAL + reason;
    if (!UNSENT_WITHDRAWALS.contains(code)) {
      throw new IllegalArgumentException("no reason to hold a withdrawal");
    }
    return code;
  }

  /** All reasons to hold a withdrawn participant. */
  public static Set<String> unsentWithdrawals() {
    return UNSENT_WITHDRAWALS;
  }

  /** Whether a code means that a withdrawal does not reach Salesforce. */
  public static boolean isUnsentWithdrawal(@Nullable String code) {
    return code != null && code.startsWith(WITHDRAWAL);
  }

  /** Whether a code means that a journey is held because several records fit. */
  public static boolean isAmbiguity(@Nullable String code) {
    return SEVERAL_JOURNEYS.equals(code) || DOUBLED_PMI_ID.equals(code);
  }

  /** A reason to hold: Salesforce did not keep PMI IDs, so the run creates nobody. */
  public static final String CREATES_STOPPED = "creates-stopped";

  /** The reason of a hold for review: the Contact does not show the PMI ID that we wrote to it. */
  public static final String KEY_NOT_KEPT = "key-not-kept";

  /** The reason of a hold for review: a Contact shows another PMI ID than on an earlier day. */
  public static final String KEY_CHANGED = "key-changed";

  private static final Set<String> KEYS = Set.of(KEY_NOT_KEPT, KEY_CHANGED);

  private static final Set<String> UNSENT_WITHDRAWALS =
      Stream.of(
              SEVERAL_JOURNEYS,
              DOUBLED_PMI_ID,
              MISSING_JOURNEY,
              NO_CONTACT,
              MERGED,
              ORPHAN_JOURNEY,
              NO_JOURNEY_ROW,
              NO_VALUE,
              NOT_TAKEN_OVER,
              CHANGED_BACK,
              KEY_NOT_KEPT,
              KEY_CHANGED)
          .map(reason -> WITHDRAWAL + reason)
          .collect(Collectors.toUnmodifiableSet());

  /** A reason to hold: the Contact was deleted in Salesforce, or lost its PMI ID. */
  public static final String DELETED_IN_SALESFORCE = "deleted-in-salesforce";

  public static final String SKIPPED = "skipped.";
  public static final String REJECTED = "rejected.";

  /** Journeys that would show that their participant has withdrawn, in whatever form. */
  public static final String WITHDRAWALS = "withdrawals";

  /** Journeys that show a withdrawal which the source no longer has, and would show it no more. */
  public static final String TAKEN_BACK = "withdrawals-taken-back";

  /** Refused fields, by field and rule; the rest of their record is sent. */
  public static final String REFUSED_FIELD = "refused-field.";

  /** Records in which a field is cleared, by field. */
  public static final String CLEARED_FIELD = "cleared-field.";

  /** Records to which the sync has written before, and in which a field gets its first value. */
  static final String FILLED_FIELD = "filled-field.";

  /** Records in which a field gets another value instead of the one it has, by field. */
  static final String CHANGED_FIELD = "changed-field.";

  /** Contacts of which two of first name, last name and birth date change at once. */
  static final String OTHER_PERSON = "other-person";

  /** In the counts of a run that counts changed and filled fields, and who has a row. */
  public static final String COUNTS_CHANGES = "counts-changes";

  /** Refused fields and rejected rows that are new since the last good run, by name. */
  public static final String NEW = "new.";

  /** Refused fields, rejected rows and held participants that a person has acknowledged. */
  public static final String ACKNOWLEDGED = "acknowledged.";

  /** Fields that change because an earlier version had them wrong, by name. */
  public static final String CORRECTED_FIELD = "corrected-field.";

  /** Changes that correct an earlier version; the action follows. */
  static final String CORRECTED = "corrected.";

  /** Values for future journeys of Contacts that an earlier version would not have created. */
  public static final String CORRECTED_AWAITED = CORRECTED + "awaited";

  /** Corrected fields that are cleared. */
  public static final String CORRECTED_CLEARS = "corrected-clears";

  /** Withdrawals that an earlier version missed. */
  public static final String CORRECTED_WITHDRAWALS = "corrected-withdrawals";

  /** Participants who are skipped now, but not by an earlier version; a reason follows. */
  public static final String CORRECTED_SKIPPED = "corrected-skipped.";

  /** Participants who are rejected now, but not by an earlier version. */
  public static final String CORRECTED_REJECTED = "corrected-rejected";

  /** The number of the run's way to read the source; runs of earlier versions have none. */
  public static final String READING = "reading";

  /** Contacts in Salesforce with a PMI ID that the source does not have. */
  public static final String NOT_IN_SOURCE = "not-in-source";

  /**
   * Participants who are to have a Contact, and have a row in the relation that feeds the object.
   */
  static final String NEW_ROW = "new-row";

  /** Participants with a Contact in Salesforce and such a row. */
  static final String WITH_ROW = "with-row";

  /** Such participants without that row. */
  public static final String WITHOUT_ROW = "without-row";

  /** Participants that a RETRY run names and the source has. */
  public static final String RETRIED = "retried";

  /** Records that failed through one fault of the org, by code; such a run quarantines nobody. */
  public static final String ORG_FAULT = "org-fault.";

  /** Participants that the run put into quarantine. */
  public static final String QUARANTINED = "quarantined";

  private PlanTallies() {}

  /** The count of changes that an earlier version would not make with today's rows. */
  public static String corrected(Change.Action action) {
    return CORRECTED + ConfigSection.word(action);
  }

  /** The full name of a count. */
  public static String of(CrmObject object, String name) {
    return object.word() + "." + name;
  }

  /** Whether a count only serves a guard, which looks at all participants together. */
  public static boolean isForGuards(String name) {
    return name.contains("." + CLEARED_FIELD)
        || name.contains("." + FILLED_FIELD)
        || name.contains("." + CHANGED_FIELD)
        || name.endsWith("." + OTHER_PERSON)
        || isOfRows(name);
  }

  /** Whether a count says who has a row. */
  static boolean isOfRows(String name) {
    return name.endsWith("." + WITH_ROW)
        || name.endsWith("." + WITHOUT_ROW)
        || name.endsWith("." + NEW_ROW);
  }

  /** Whether a hold concerns a Contact that does not show its PMI ID. */
  static boolean isOfKey(String reason) {
    return KEYS.contains(reason);
  }
}
