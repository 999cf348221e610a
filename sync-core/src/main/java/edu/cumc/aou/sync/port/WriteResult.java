package edu.cumc.aou.sync.port;

import java.util.List;

/**
 * What the CRM answered for one record.
 *
 * @param <I> {@code ContactId} or {@code JourneyId}
 */
public sealed interface WriteResult<I> {

  /**
   * The record is as asked.
   *
   * @param created whether it is new
   */
  record Written<I>(I id, boolean created) implements WriteResult<I> {}

  /**
   * The record was not changed.
   *
   * @param code the CRM's error code, e.g. {@code STRING_TOO_LONG}
   * @param fields the API names of the fields it blames; may be empty
   * @param again whether the same write may work a little later (a locked row)
   */
  record Refused<I>(String code, List<String> fields, boolean again) implements WriteResult<I> {
    public Refused {
      fields = List.copyOf(fields);
    }
  }
}
