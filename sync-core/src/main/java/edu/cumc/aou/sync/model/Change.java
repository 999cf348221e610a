package edu.cumc.aou.sync.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a run's plan: what to do, how it ended, and what was there before. A row of {@code
 * sync_change}.
 *
 * @param seq the position in the run's plan, ascending by PMI ID, from 1
 * @param contactId the Contact; null for one that does not exist yet
 * @param journeyId the journey; null for Contacts, and for a journey that does not exist yet
 * @param oldValues the values that Salesforce showed, of the fields in {@code newValues}
 * @param newValues the values to send; a blank one clears the field
 * @param refusedFields fields that the mapping refused, as {@code Field:rule}; they keep their
 *     values in Salesforce
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
    /**
     * Put a record that a run created into the recycle bin; the old values are what it held before.
     */
    DELETE,
    /** Take a record out of the recycle bin; it comes back with the new values. */
    RESTORE,
    /** Nothing: our own rules reject the participant; {@code errorCode} names the rule. */
    REJECT,
    /** Nothing: an earlier version kept such rows for the mirror. No run writes them any more. */
    NOTE
  }

  /** How far the change has come. */
  public enum State {
    PLANNED,
    /** Sent, and no answer stored yet. */
    SENT,
    DONE,
    /** Could not be done for now: a locked row, an exhausted retry. The next run tries again. */
    FAILED,
    /** Salesforce, or our own rules, refused the record. */
    REFUSED,
    /** A create with a lost answer. */
    UNKNOWN,
    /** A journey's values that wait for Salesforce to create the journey. */
    AWAITING_JOURNEY
  }

  /**
   * Whether a code names one of our own rules: Salesforce's codes are in capitals, ours are not.
   */
  public static boolean isOurs(String code) {
    // A field's name may follow the code.
    int end = code.indexOf(':') < 0 ? code.length() : code.indexOf(':');
    return end > 0 && code.substring(0, end).chars().noneMatch(c -> c >= 'A' && c <= 'Z');
  }

  /** Starts a planned change without values. */
  public static Builder builder(long seq, CrmObject object, PmiId pmiId, Action action) {
    return new Builder(seq, object, pmiId, action);
  }

  /** Starts from this change. */
  public Builder toBuilder() {
    return new Builder(seq, object, pmiId, action)
        .contactId(contactId)
        .journeyId(journeyId)
        .state(state)
        .oldValues(oldValues)
        .newValues(newValues)
        .refusedFields(refusedFields)
        .attempts(attempts)
        .error(errorCode, errorFields);
  }

  @Override
  public String toString() {
    return "Change[" + seq + " " + object + " " + action + " " + state + "]";
  }

  /** Collects the parts of a change. Not thread-safe. */
  public static final class Builder {
    private final long seq;
    private final CrmObject object;
    private final PmiId pmiId;
    private final Action action;
    private @Nullable ContactId contactId;
    private @Nullable JourneyId journeyId;
    private State state = State.PLANNED;
    private FieldValues oldValues = FieldValues.empty();
    private FieldValues newValues = FieldValues.empty();
    private List<String> refusedFields = List.of();
    private int attempts;
    private @Nullable String errorCode;
    private List<String> errorFields = List.of();

    private Builder(long seq, CrmObject object, PmiId pmiId, Action action) {
      this.seq = seq;
      this.object = object;
      this.pmiId = pmiId;
      this.action = action;
    }

    /** By default none. */
    public Builder contactId(@Nullable ContactId id) {
      contactId = id;
      return this;
    }

    /** By default none. */
    public Builder journeyId(@Nullable JourneyId id) {
      journeyId = id;
      return this;
    }

    /** By default PLANNED. */
    public Builder state(State newState) {
      state = newState;
      return this;
    }

    /** By default none. */
    public Builder oldValues(FieldValues values) {
      oldValues = values;
      return this;
    }

    /** By default none. */
    public Builder newValues(FieldValues values) {
      newValues = values;
      return this;
    }

    /** By default none. */
    public Builder refusedFields(List<String> fields) {
      refusedFields = fields;
      return this;
    }

    /** By default 0. */
    public Builder attempts(int count) {
      attempts = count;
      return this;
    }

    /** By default none. */
    public Builder error(@Nullable String code, List<String> fields) {
      errorCode = code;
      errorFields = fields;
      return this;
    }

    /** By default none. */
    public Builder error(@Nullable String code) {
      return error(code, List.of());
    }

    public Change build() {
      return new Change(
          seq,
          object,
          pmiId,
          contactId,
          journeyId,
          action,
          state,
          oldValues,
          newValues,
          refusedFields,
          attempts,
          errorCode,
          errorFields);
    }
  }
}
