package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.CrmObject;

/**
 * The names of the counts that a plan leaves in {@code sync_run}. Each stands behind {@code
 * contact.} or {@code journey.}; where it ends in a dot, a reason follows.
 */
public final class PlanTallies {

  /** Rows read of the relation that feeds the object. */
  public static final String ROWS = "rows";

  /** Rows beyond the first of one participant: identical ones, and those that contradict. */
  public static final String SURPLUS_ROWS = "surplus-rows";

  public static final String UNCHANGED = "unchanged";

  /** Withdrawn, with a record in Salesforce that is left as it is. */
  public static final String FROZEN = "frozen";

  public static final String HELD = "held.";
  public static final String SKIPPED = "skipped.";
  public static final String REJECTED = "rejected.";

  /** Refused fields, by field and rule; they do not reject their record. */
  public static final String REFUSED_FIELD = "refused-field.";

  /** Contacts in Salesforce whose PMI ID the source does not have. */
  public static final String NOT_IN_SOURCE = "not-in-source";

  /** Fields of which Salesforce made something else than we sent. */
  public static final String NOT_TAKEN_OVER = "not-taken-over";

  /** Of a RETRY run: participants that were named and that the source has. */
  public static final String RETRIED = "retried";

  /** Participants that the run put into quarantine. */
  public static final String QUARANTINED = "quarantined";

  private PlanTallies() {}

  /** The full name of a count. */
  public static String of(CrmObject object, String name) {
    return object.word() + "." + name;
  }
}
