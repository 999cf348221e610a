package edu.cumc.aou.db.adapter;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.util.function.Supplier;

/** Turns the data layer's exceptions into the sync's, and names the setting to change. */
public final class DatabaseFaults {

  /** H2's number for what it does not offer. */
  private static final int H2_NOT_TOGETHER = 50100;

  private final String section;

  /** {@code section}: {@code source} or {@code store}. */
  public DatabaseFaults(String section) {
    this.section = section;
  }

  public <T> T call(Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseException e) {
      throw translate(e);
    }
  }

  void run(Runnable work) {
    try {
      work.run();
    } catch (DatabaseException e) {
      throw translate(e);
    }
  }

  public SyncException translate(DatabaseException e) {
    return new SyncException(kind(e), message(e), e);
  }

  /** Only a failure that no database reported is a defect of this program. */
  private static FailureKind kind(DatabaseException e) {
    return switch (e.kind()) {
      case LOGIN_REFUSED, NOT_ADMITTED -> FailureKind.AUTH;
      case UNREACHABLE, NOT_IN_SERVICE, CONFLICT, TIMEOUT, OVERLOADED, FULL, IN_USE ->
          FailureKind.UNAVAILABLE;
      case UNTRUSTED,
          OTHER_HOST,
          TRUST_STORE,
          TLS_VERSION,
          NO_TLS,
          MISSING_LIBRARY,
          BAD_URL,
          BAD_PROPERTY,
          MISSING_DATABASE,
          MISSING_RELATION,
          MISSING_COLUMN,
          DENIED,
          READ_ONLY,
          STORAGE,
          DAMAGED,
          UNSUPPORTED_TYPE,
          CONVERSION,
          BROKEN_VIEW,
          DUPLICATE,
          REFUSED ->
          FailureKind.CONFIG;
      case OTHER -> FailureKind.BUG;
    };
  }

  private String message(DatabaseException e) {
    return switch (e.kind()) {
      case LOGIN_REFUSED,
          NOT_ADMITTED,
          UNREACHABLE,
          BAD_URL,
          BAD_PROPERTY,
          MISSING_DATABASE,
          IN_USE,
          MISSING_LIBRARY,
          UNTRUSTED,
          OTHER_HOST,
          TRUST_STORE,
          TLS_VERSION,
          NO_TLS ->
          connecting(e);
      case NOT_IN_SERVICE, OVERLOADED, FULL, READ_ONLY, STORAGE, DAMAGED -> state(e);
      default -> e.operation() + ": " + statement(e);
    };
  }

  /** Faults before there is a connection; the operation does not matter. */
  private String connecting(DatabaseException e) {
    String advice =
        switch (e.kind()) {
          case LOGIN_REFUSED ->
              "the %1$s database refused the login; check %1$s.user, %1$s.password, %1$s.auth and the database name in"
                  + " %1$s.jdbc-url";
          case NOT_ADMITTED ->
              "the server of the %1$s database does not let this program in (number %2$d): its firewall shuts this"
                  + " machine out, or only administrators may connect at the moment; ask the DBA to admit it, then run"
                  + " again";
          case UNREACHABLE ->
              "the %1$s database cannot be reached; check the server and port in %1$s.jdbc-url, the network and the"
                  + " firewall, then run again";
          case BAD_URL ->
              e.vendorCode() == 0
                  ? "%1$s.jdbc-url is not an address of SQL Server or H2; correct it"
                  : "%1$s.jdbc-url names a file by a relative path, which H2 does not take; write the whole path, or"
                      + " begin it with ./";
          case BAD_PROPERTY -> badProperty(e);
          case MISSING_DATABASE ->
              "there is no database in the file that %1$s.jdbc-url names; correct the path. Nothing was made there.";
          case IN_USE ->
              "the %1$s database is open in another process; close that, or use a database server";
          default -> handshake(e);
        };
    return advice.formatted(section, e.vendorCode());
  }

  private static String badProperty(DatabaseException e) {
    if (e.vendorCode() == H2_NOT_TOGETHER) {
      return "H2 does not offer a setting in %1$s.jdbc-url together with those that aou-sync adds; AUTO_SERVER is such a"
          + " one: leave it out, or start a server of H2 and name that";
    }
    return e.property().isEmpty()
        ? "the database's driver refuses a property in %1$s.jdbc-url, or its value; correct it there"
        : "the database's driver refuses the value of the property "
            + e.property()
            + "; correct it in %1$s.jdbc-url, or in the setting of %1$s that stands for it";
  }

  /** The state of a database; the operation does not matter. */
  private String state(DatabaseException e) {
    String advice =
        switch (e.kind()) {
          case NOT_IN_SERVICE ->
              "the server of the %1$s database answers, and the database is not in service (number %2$d): it starts, is"
                  + " restored, offline, moved, or a replica that nobody may read; run again, and ask the DBA if it stays";
          case OVERLOADED ->
              "the server of the %1$s database is out of memory, locks or connections, or shutting down (number %2$d);"
                  + " run again later, and tell the DBA if it stays";
          case FULL ->
              "the disk, the log or the quota of the %1$s database is full (number %2$d); ask the DBA to make room, then"
                  + " run again";
          case READ_ONLY ->
              "the %1$s database is read-only (number %2$d), so nothing can be kept in it; let the DBA make it writable,"
                  + " or correct %1$s.jdbc-url; an H2 file must be writable for this user";
          case DAMAGED ->
              "the %1$s database is damaged, or made by another version (number %2$d); restore it from a backup";
          default ->
              "a file of the %1$s database cannot be read or written (number %2$d): the disk is full, or this user may"
                  + " not; make room, or correct %1$s.jdbc-url or the permissions, then run again";
        };
    return advice.formatted(section, e.vendorCode());
  }

  /** The failure of a statement, after what it was for. */
  private String statement(DatabaseException e) {
    boolean source = section.equals("source");
    return switch (e.kind()) {
      case MISSING_RELATION -> relationAdvice();
      case MISSING_COLUMN ->
          "a column is not there; run again after checking the columns of the " + section;
      case DENIED -> "the login lacks a permission; ask the DBA to grant it";
      case CONFLICT -> "others held locks for too long; run again";
      case TIMEOUT ->
          "took longer than "
              + section
              + ".query-timeout allows; run again when the server is less busy, or raise "
              + section
              + ".query-timeout";
      case UNSUPPORTED_TYPE ->
          "the column has a type, or a value, that is not understood; cast it to a text, a number or a date in the view";
      case CONVERSION ->
          source
              ? "a row of the source does not convert to the type that its view wants (number "
                  + e.vendorCode()
                  + "), so no participant can be read; correct the row, or let the view use TRY_CAST or TRY_CONVERT (source.contacts,"
                  + " source.journeys)"
              : "a value does not fit its column of the sync's tables (number "
                  + e.vendorCode()
                  + "); compare the tables with aou-sync init --print, and correct the differences";
      case BROKEN_VIEW ->
          source
              ? "a view of the source does not work (number "
                  + e.vendorCode()
                  + "): it, or what it reads on a linked server, has changed; ask its owner to mend it (source.contacts,"
                  + " source.journeys)"
              : "a view or trigger on the sync's tables does not work (number "
                  + e.vendorCode()
                  + "); ask the DBA to remove it";
      case DUPLICATE ->
          "a row is there already (number "
              + e.vendorCode()
              + "); something else writes to the sync's tables, or a backup was restored by halves; ask the DBA";
      case REFUSED ->
          "the "
              + section
              + " database refused it (SQLState "
              + (e.sqlState().isEmpty() ? "none" : e.sqlState())
              + ", number "
              + e.vendorCode()
              + "); show the number to the DBA"
              + (source
                  ? ", and to the owner of the views in source.contacts and source.journeys"
                  : "");
      default -> "failed unexpectedly; report it with what --verbose prints";
    };
  }

  private String handshake(DatabaseException e) {
    String advice =
        switch (e.kind()) {
          case UNTRUSTED ->
              "the certificate of the %1$s database is not trusted, because no authority that this Java knows has signed"
                  + " it (PKIX); get the certificate of your organisation's authority from the DBA, put it into a trust"
                  + " store (keytool -importcert -file ca.pem -alias ca -keystore trust.p12), and name that in"
                  + " %1$s.trust-store and %1$s.trust-store-password";
          case OTHER_HOST ->
              "the certificate of the %1$s database was made for another host name than the one in %1$s.jdbc-url; use"
                  + " the full name that the certificate has, or add ;hostNameInCertificate=… with that name to"
                  + " %1$s.jdbc-url";
          case TRUST_STORE ->
              "the trust store of the %1$s database cannot be read; check that the file in %1$s.trust-store is there and"
                  + " a key store in JKS or PKCS12, and that %1$s.trust-store-password is its password";
          case TLS_VERSION ->
              "the %1$s database and this Java have no version of TLS in common; ask the DBA to switch on TLS 1.2";
          case NO_TLS ->
              "the server of the %1$s database offers no TLS, and without it everybody on the network could read along;"
                  + " ask the DBA to switch it on. On a network that is safe otherwise, add ;encrypt=false to"
                  + " %1$s.jdbc-url";
          default ->
              e.operation()
                  + ": it is not on the class path; add it as docs/database.md says, or use another %1$s.auth.type";
        };
    return advice;
  }

  private String relationAdvice() {
    return section.equals("source")
        ? "the table or view is not there, or the login may not see it; check source.contacts and source.journeys"
        : "the sync's tables are not there; create them with aou-sync init";
  }
}
