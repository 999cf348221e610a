package edu.cumc.aou.sync.model;

import java.util.Locale;

/**
 * The problems that a check-up can find. The JSON output, {@code aou-sync check} and the manual's
 * page of errors use these words.
 */
public enum FindingCode {
  /** A side does not answer at the moment. */
  UNREACHABLE,
  /** The login of Salesforce or of a database was refused. */
  LOGIN_REFUSED,
  /** A side answers, but a table, a view, a version or a right is wrong or missing. */
  NOT_USABLE,
  /** The org does not offer the configured API version. */
  VERSION_NOT_OFFERED,
  /** Something works today and will stop working one day. */
  RETIRES,
  /** The login leads to another org than the settings mean. */
  OTHER_ORG,
  /** The store was made for another org. */
  STORE_OF_OTHER_ORG,
  /** No setting names the production org. */
  ORG_NOT_NAMED,
  /** The source lacks a column that a setting names. */
  NO_SUCH_COLUMN,
  /** The sObject lacks a field that a setting names, or hides it. */
  NO_SUCH_FIELD,
  /** The Salesforce user may not do what a run needs. */
  NO_PERMISSION,
  /** Each new record needs a value in a field that nothing is mapped to. */
  REQUIRED_NOT_MAPPED,
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
  /** The source has values that a restricted picklist does not take. */
  NOT_IN_PICKLIST,
  /** Some texts of the source are longer than their field. */
  TOO_LONG,
  /** Points in time with a zone that are all at midnight. */
  LOOKS_LIKE_DAYS,
  /** A status column has values that no rule knows. */
  UNCLEAR_STATUS,
  /** Most participants are paired with others. */
  NOBODY_OURS,
  /** A record that a setting points at is deleted, switched off or hidden. */
  RECORD_NOT_USABLE,
  /** The org uses state and country picklists, and the mapping does not. */
  STATE_PICKLISTS,
  /** The source has too few rows for a run. */
  SOURCE_NOT_LOADED,
  /** Fewer API calls are left than the sync must leave for others. */
  FEW_API_CALLS,
  /** There is no Contact that could be adopted. */
  NO_CANDIDATES,
  /** Fields, rules or automations of the org have changed since the last good run. */
  ORG_CHANGED,
  /** E-mail from the automation of a sandbox goes out to real addresses. */
  MAIL_LEAVES_SANDBOX,
  /** The org does not say how many API calls are left. */
  API_CALLS_UNKNOWN,
  /** A setting is wrong in itself. */
  WRONG_SETTING;

  /** In small letters, with hyphens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
