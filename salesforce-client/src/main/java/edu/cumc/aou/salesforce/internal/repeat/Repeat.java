package edu.cumc.aou.salesforce.internal.repeat;

/** What a failed attempt means for sending the same request again. */
public enum Repeat {
  /** It will fail again. */
  NEVER,
  /** It was certainly not carried out: any request may be sent again. */
  NOT_EXECUTED,
  /** It may have been carried out: only requests that may happen twice are sent again. */
  OUTCOME_UNKNOWN,
  /** It was too slow, and perhaps partly carried out: only smaller requests have a chance. */
  SMALLER,
  /** The session has ended: log in once, send once more. */
  AFTER_LOGIN
}
