package edu.cumc.aou.db;

import java.util.Locale;

/**
 * A database refused or did not answer. Carries the operation, SQLState and the vendor's number;
 * never the driver's text, SQL or a value, which is also why it has no cause.
 */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as a caller can react to it. */
  public enum Kind {
    /** The server refuses the user, the password or the database name. */
    LOGIN_REFUSED,
    /** The server refuses this machine, or admits only administrators at the moment. */
    NOT_ADMITTED,
    /** Nobody answers at that address, or the connection broke. */
    UNREACHABLE,
    /** The server answers, but its database is not in service: offline, being restored, moved. */
    NOT_IN_SERVICE,
    /** The server's certificate is not trusted. */
    UNTRUSTED,
    /** The server's certificate is for another host name. */
    OTHER_HOST,
    /** The file of trusted certificates is missing, or its password is wrong. */
    TRUST_STORE,
    /** The server and this Java share no version of TLS. */
    TLS_VERSION,
    /** The server offers no TLS at all. */
    NO_TLS,
    /** This login needs a library that is missing. */
    MISSING_LIBRARY,
    /** The class path has no driver for the URL, or the URL is malformed. */
    BAD_URL,
    /** The driver refuses a property in the URL or in the settings. */
    BAD_PROPERTY,
    /** The file that the URL names holds no database. */
    MISSING_DATABASE,
    /** A table, view or schema is missing or hidden. */
    MISSING_RELATION,
    /** A column is missing. */
    MISSING_COLUMN,
    /** The login lacks a permission. */
    DENIED,
    /**
     * A deadlock, a snapshot conflict or a lock that did not come free: the work may be repeated.
     */
    CONFLICT,
    /** The statement took too long. */
    TIMEOUT,
    /** The server has run out of memory, locks or connections, or is shutting down. */
    OVERLOADED,
    /** The disk, the log or the quota of the database is full. */
    FULL,
    /** The database accepts no changes. */
    READ_ONLY,
    /** A file of the database cannot be read or written. */
    STORAGE,
    /** The database is damaged. */
    DAMAGED,
    /** Another process has the H2 file open. */
    IN_USE,
    /** A unique key exists already. */
    DUPLICATE,
    /** A column has an unsupported type. */
    UNSUPPORTED_TYPE,
    /** A value cannot be converted to the type that the statement or the view wants. */
    CONVERSION,
    /** A view, or something that it reads elsewhere, is broken. */
    BROKEN_VIEW,
    /** The database refuses the statement for an unlisted reason. */
    REFUSED,
    /** Not from a database: a defect. */
    OTHER
  }

  private final Kind kind;
  private final String operation;
  private final String sqlState;
  private final int vendorCode;
  private final String property;

  /**
   * @param operation what was being done, in words and without values
   * @param sqlState empty if there is none
   */
  public DatabaseException(Kind kind, String operation, String sqlState, int vendorCode) {
    this(kind, operation, sqlState, vendorCode, "");
  }

  /**
   * The same, with a property of the driver.
   *
   * @param property the one that the driver refuses; empty if unknown
   */
  public DatabaseException(
      Kind kind, String operation, String sqlState, int vendorCode, String property) {
    super(
        operation
            + ": "
            + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')
            + " (SQLState "
            + (sqlState.isEmpty() ? "none" : sqlState)
            + ", code "
            + vendorCode
            + ")");
    this.kind = kind;
    this.operation = operation;
    this.sqlState = sqlState;
    this.vendorCode = vendorCode;
    this.property = property;
  }

  public Kind kind() {
    return kind;
  }

  /** What was being done. */
  public String operation() {
    return operation;
  }

  public String sqlState() {
    return sqlState;
  }

  public int vendorCode() {
    return vendorCode;
  }

  /** The property that the driver refuses; empty if there is none, or it is unknown. */
  public String property() {
    return property;
  }

  /** Whether the same unit of work may succeed when it is repeated. */
  public boolean isTransient() {
    return kind == Kind.CONFLICT || kind == Kind.UNREACHABLE || kind == Kind.NOT_IN_SERVICE;
  }
}
