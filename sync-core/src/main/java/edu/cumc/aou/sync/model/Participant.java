package edu.cumc.aou.sync.model;

import org.jspecify.annotations.Nullable;

/**
 * One participant as the source shows them.
 *
 * @param contact the row that feeds the Contact; null when only the journey relation knows the
 *     participant
 * @param journey the row that feeds the journey; null when only the contact relation knows the
 *     participant
 * @param status what the programme says of the participant
 */
public record Participant(
    PmiId pmiId,
    @Nullable SourceRow contact,
    @Nullable SourceRow journey,
    ParticipantStatus status) {

  /** Throws {@link IllegalArgumentException} when there is no row at all. */
  public Participant {
    if (contact == null && journey == null) {
      throw new IllegalArgumentException("a participant needs a contact row or a journey row");
    }
  }
}
