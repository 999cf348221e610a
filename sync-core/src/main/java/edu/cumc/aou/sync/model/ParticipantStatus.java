package edu.cumc.aou.sync.model;

/** What the programme says of a participant, known before anything is compared. */
public enum ParticipantStatus {
  ACTIVE,
  /** Wants no contact for now; the data stays usable, so it is synced as usual. */
  DEACTIVATED,
  /** Synced as usual: blanks that follow do not clear Contact fields. */
  DECEASED,
  /**
   * Left the programme. The source blanks the data 48 hours later; those blanks must reach nobody.
   */
  WITHDRAWN,
  /** Paired with another organisation. */
  LEFT,
  /** A test account of the programme. */
  TEST,
  /**
   * The withdrawal column holds something else than 0, 1 or nothing: nobody can say whether data
   * may be sent.
   */
  UNCLEAR
}
