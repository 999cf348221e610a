package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FieldValues;

/**
 * Fields of one record to set; a blank value clears the field.
 *
 * @param <I> {@code ContactId} or {@code JourneyId}
 */
public record RecordUpdate<I>(I id, FieldValues values) {}
