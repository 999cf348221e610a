package edu.cumc.aou.salesforce.internal.repeat;

/** What a failed attempt says about sending the same request again. */
public enum Repeat {
  /** It will fail again. */
  NEVER,
  /** It was certainly not carried out: any request may be sent again. */
  NOT_EXECUTED,
  /** Nobody knows whether it was carried out: only what may happen twice is sent again. */
  OUTCOME_UNKNOWN,
  /** Carried out in part or not, and too slow: only smaller requests have a chance. */
  SMALLER,
  /** The session has ended: log in once, send once more. */
  AFTER_LOGIN
}
