package edu.cumc.aou.sync.model;

/** The programme's status of a participant, known before anything is compared. */
public enum ParticipantStatus {
  ACTIVE,
  /** Wants no contact for now; the data stays usable, so the sync goes on as usual. */
  DEACTIVATED,
  /** Synced as usual, but later blanks do not clear Contact fields. */
  DECEASED,
  /**
   * Left the programme. The source blanks the data 48 hours later; those blanks must not reach
   * Salesforce.
   */
  WITHDRAWN,
  /** Paired with another organisation. */
  LEFT,
  /** A test account of the programme. */
  TEST,
  /**
   * The withdrawal column holds neither 0, 1 nor nothing, so it is unclear whether data may be
   * sent.
   */
  UNCLEAR
}
