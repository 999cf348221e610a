package edu.cumc.aou.sync.model;

import java.util.Locale;

/**
 * What a check-up can find amiss. The words are those of the JSON output, of {@code aou-sync check}
 * and of the manual's page of errors.
 */
public enum FindingCode {
  /** Nobody could be asked, for the moment. */
  UNREACHABLE,
  /** The login of Salesforce or of a database was refused. */
  LOGIN_REFUSED,
  /** A side answers, and a table, a view, a version or a right stands in the way. */
  NOT_USABLE,
  /** The org does not offer the API version that is set. */
  VERSION_NOT_OFFERED,
  /** What works today will not work one day. */
  RETIRES,
  /** The login leads to an org that the settings do not mean. */
  OTHER_ORG,
  /** The store was made for another org. */
  STORE_OF_OTHER_ORG,
  /** No setting says which production org is meant. */
  ORG_NOT_NAMED,
  /** The source lacks a column that a setting names. */
  NO_SUCH_COLUMN,
  /** The sObject lacks a field that a setting names, or hides it. */
  NO_SUCH_FIELD,
  /** The Salesforce user may not do what a run needs. */
  NO_PERMISSION,
  /** The PMI field is not a unique external id. */
  PMI_FIELD_NOT_UNIQUE,
  /** The sync writes no fields of that type. */
  UNSUPPORTED_FIELD_TYPE,
  /** The sync reads no columns of that type. */
  UNSUPPORTED_COLUMN_TYPE,
  /** No value of the column can become a value of the field. */
  NEVER_FITS,
  /** Not every value of the column can become a value of the field. */
  SELDOM_FITS,
  /** Values of the source that a restricted picklist does not take. */
  NOT_IN_PICKLIST,
  /** Texts of the source that are longer than their field. */
  TOO_LONG,
  /** Points in time with a zone that all stand at midnight. */
  LOOKS_LIKE_DAYS,
  /** Values of a column of the status that no rule knows. */
  UNCLEAR_STATUS,
  /** Most participants are paired with others. */
  NOBODY_OURS,
  /** A record that a setting points at is gone, switched off, or not to be seen. */
  RECORD_NOT_USABLE,
  /** The org has state and country picklists, and the mapping does not go by them. */
  STATE_PICKLISTS,
  /** The source has too few rows for a run. */
  SOURCE_NOT_LOADED,
  /** Fewer API calls are left than must be left for others. */
  FEW_API_CALLS,
  /** There is no Contact that could be adopted. */
  NO_CANDIDATES,
  /** Fields, rules or automations of the org are others than at the last good run. */
  ORG_CHANGED,
  /** What the automation of a sandbox sends by e-mail leaves it. */
  MAIL_LEAVES_SANDBOX,
  /** The org does not say how many API calls are left. */
  API_CALLS_UNKNOWN,
  /** A setting that is wrong in itself. */
  WRONG_SETTING;

  /** In small letters, with hyphens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
