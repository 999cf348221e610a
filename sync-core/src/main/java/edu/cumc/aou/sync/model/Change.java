package edu.cumc.aou.sync.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a run's plan: what to do, what came of it, and what was there before. A row of
 * {@code sync_change}.
 *
 * @param seq the position in the run's plan, ascending by PMI ID, from 1
 * @param contactId the Contact; null for one that does not exist yet
 * @param journeyId the journey; null for Contacts, and for a journey that does not exist yet
 * @param oldValues the values that Salesforce showed, of the fields in {@code newValues}
 * @param newValues the values to send; a blank one clears the field
 * @param refusedFields fields that the mapping refused, with the rule, as {@code Field:rule}; they
 *     are left alone
 * @param attempts how often it was sent
 * @param errorCode a code of Salesforce or of our own rules; null while nothing failed
 * @param errorFields the fields that the error blames
 */
public record Change(
    long seq,
    CrmObject object,
    PmiId pmiId,
    @Nullable ContactId contactId,
    @Nullable JourneyId journeyId,
    Action action,
    State state,
    FieldValues oldValues,
    FieldValues newValues,
    List<String> refusedFields,
    int attempts,
    @Nullable String errorCode,
    List<String> errorFields) {

  public Change {
    refusedFields = List.copyOf(refusedFields);
    errorFields = List.copyOf(errorFields);
  }

  /** What to do with the record. */
  public enum Action {
    /** Create the Contact. */
    INSERT,
    /** Give an existing Contact without PMI ID this participant's PMI ID and values. */
    ADOPT,
    /** Change fields of an existing record. */
    UPDATE,
    /** Nothing: our own rules reject the participant, {@code errorCode} says which. */
    REJECT,
    /**
     * Nothing: Salesforce made something else of fields that we sent; the new values are hashes to
     * keep in the mirror.
     */
    NOTE
  }

  /** How far it has come. */
  public enum State {
    PLANNED,
    /** Sent, and no answer stored yet. */
    SENT,
    DONE,
    /** Could not be done for now: a locked row, an exhausted retry. The next run tries again. */
    FAILED,
    /** Salesforce, or our own rules, refused the record. */
    REFUSED,
    /** A create whose answer was lost. */
    UNKNOWN,
    /** A journey's values that wait for Salesforce to create the journey. */
    AWAITING_JOURNEY
  }

  @Override
  public String toString() {
    return "Change[" + seq + " " + object + " " + action + " " + state + "]";
  }
}
