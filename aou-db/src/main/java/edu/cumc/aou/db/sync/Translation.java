package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import java.util.function.Supplier;

/**
 * Turns the data layer's exceptions into the sync's, naming the setting that somebody would have to
 * change.
 */
final class Translation {

  private final String section;

  /** {@code section}: {@code source} or {@code store}. */
  Translation(String section) {
    this.section = section;
  }

  <T> T call(Supplier<T> work) {
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

  SyncException translate(DatabaseException e) {
    return new SyncException(kind(e), message(e), e);
  }

  private static FailureKind kind(DatabaseException e) {
    return switch (e.kind()) {
      case LOGIN_REFUSED -> FailureKind.AUTH;
      case UNREACHABLE, CONFLICT, TIMEOUT, OVERLOADED, IN_USE -> FailureKind.UNAVAILABLE;
      case UNTRUSTED,
          OTHER_HOST,
          TRUST_STORE,
          TLS_VERSION,
          MISSING_LIBRARY,
          BAD_URL,
          MISSING_RELATION,
          MISSING_COLUMN,
          DENIED,
          UNSUPPORTED_TYPE ->
          FailureKind.CONFIG;
      case DUPLICATE, OTHER -> FailureKind.BUG;
    };
  }

  private String message(DatabaseException e) {
    String url = section + ".jdbc-url";
    String what = e.operation() + ": ";
    return switch (e.kind()) {
      case LOGIN_REFUSED ->
          "the %s database refused the login; check %s.user, %s.password, %s.auth and the database name in %s"
              .formatted(section, section, section, section, url);
      case UNREACHABLE ->
          "the "
              + section
              + " database cannot be reached; check the server and port in "
              + url
              + ", the network and the firewall, then run again";
      case UNTRUSTED, OTHER_HOST, TRUST_STORE, TLS_VERSION, MISSING_LIBRARY -> handshake(e);
      case BAD_URL -> url + " is not an address of SQL Server or H2";
      case MISSING_RELATION -> what + relationAdvice();
      case MISSING_COLUMN ->
          what + "a column is not there; run again after checking the columns of the " + section;
      case DENIED -> what + "the login lacks a permission; ask the DBA to grant it";
      case CONFLICT -> what + "others held locks for too long; run again";
      case TIMEOUT -> what + "took too long; run again when the server is less busy";
      case OVERLOADED ->
          what + "the server is out of disk, log space or memory, or shutting down; tell the DBA";
      case IN_USE ->
          "the "
              + section
              + " database is open in another process; close that, or use a database server";
      case UNSUPPORTED_TYPE ->
          what
              + "the column has a type, or a value, that is not understood; cast it to a text, a number or a date in the view";
      case DUPLICATE, OTHER ->
          what + "failed unexpectedly (SQLState " + e.sqlState() + ", code " + e.vendorCode() + ")";
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
          default ->
              e.operation()
                  + ": it is not on the class path; add it as docs/database.md says, or use another %1$s.auth.type";
        };
    return advice.formatted(section);
  }

  private String relationAdvice() {
    return section.equals("source")
        ? "the table or view is not there, or the login may not see it; check source.contacts and source.journeys"
        : "the sync's tables are not there; create them with aou-sync init";
  }
}
