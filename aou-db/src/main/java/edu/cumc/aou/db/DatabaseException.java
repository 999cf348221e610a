package edu.cumc.aou.db;

import java.util.Locale;

/**
 * A database said no, or nothing. Carries what the operation was, SQLState and the vendor's number;
 * never the driver's text, SQL or a value, which is also why it has no cause.
 */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as a caller can act on it. */
  public enum Kind {
    /** User, password or database name are not accepted. */
    LOGIN_REFUSED,
    /** The server lets this machine in not at all, or at this moment administrators only. */
    NOT_ADMITTED,
    /** Nobody answers at that address, or the connection broke. */
    UNREACHABLE,
    /** The server answers, and its database is not in service: offline, restored, moved. */
    NOT_IN_SERVICE,
    /** The server's certificate is not trusted. */
    UNTRUSTED,
    /** The server's certificate is that of another host name. */
    OTHER_HOST,
    /** The file of trusted certificates is not there, or its password is wrong. */
    TRUST_STORE,
    /** The server and this Java have no version of TLS in common. */
    TLS_VERSION,
    /** The server offers no TLS at all. */
    NO_TLS,
    /** The way to log in needs a library that is not there. */
    MISSING_LIBRARY,
    /** There is no driver for the URL on the class path, or the URL is malformed. */
    BAD_URL,
    /** The driver itself refuses a property, of the URL or of the settings. */
    BAD_PROPERTY,
    /** There is no database in the file that the URL names. */
    MISSING_DATABASE,
    /** A table, view or schema is not there, or may not be seen. */
    MISSING_RELATION,
    /** A column is not there. */
    MISSING_COLUMN,
    /** The login lacks a permission. */
    DENIED,
    /** A deadlock, a snapshot conflict or a lock that did not come free: may be repeated. */
    CONFLICT,
    /** The statement took too long. */
    TIMEOUT,
    /** Memory, locks or connections of the server are used up, or it is shutting down. */
    OVERLOADED,
    /** The disk, the log or the quota of the database is full. */
    FULL,
    /** The database takes no changes. */
    READ_ONLY,
    /** A file of the database cannot be read or written. */
    STORAGE,
    /** The database is damaged. */
    DAMAGED,
    /** An H2 file that another process has open. */
    IN_USE,
    /** A unique key is there already. */
    DUPLICATE,
    /** A column of a type that is not understood. */
    UNSUPPORTED_TYPE,
    /** A value of a row cannot be converted to the type that the statement or the view wants. */
    CONVERSION,
    /** A view is broken, or what it reads elsewhere. */
    BROKEN_VIEW,
    /** The database refuses the statement for a reason that is in no list. */
    REFUSED,
    /** Nothing that a database said: a defect. */
    OTHER
  }

  private final Kind kind;
  private final String operation;
  private final String sqlState;
  private final int vendorCode;
  private final String property;

  /**
   * @param operation what was being done, in words and without values
   * @param sqlState empty when there is none
   */
  public DatabaseException(Kind kind, String operation, String sqlState, int vendorCode) {
    this(kind, operation, sqlState, vendorCode, "");
  }

  /**
   * The same, naming a property of the driver.
   *
   * @param property which one the driver refuses; empty when that is unknown
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

  /** The property that the driver refuses; empty when it is none, or unknown. */
  public String property() {
    return property;
  }

  /** Whether the same unit of work may succeed when it is simply repeated. */
  public boolean isTransient() {
    return kind == Kind.CONFLICT || kind == Kind.UNREACHABLE || kind == Kind.NOT_IN_SERVICE;
  }
}
