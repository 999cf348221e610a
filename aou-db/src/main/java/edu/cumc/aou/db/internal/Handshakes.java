package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.DatabaseException.Kind;
import java.io.EOFException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSException;

/**
 * Recognises failures between a driver and its server before the login. The driver has one state
 * for most of them. Only the causes and their texts tell them apart; they are examined and dropped.
 */
final class Handshakes {

  private Handshakes() {}

  /** Empty for anything else. */
  static Optional<Kind> kind(Throwable thrown) {
    boolean untrusted = false;
    boolean broken = false;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String text = cause.getMessage() == null ? "" : cause.getMessage().toLowerCase(Locale.ROOT);
      if (cause instanceof UnsatisfiedLinkError) {
        return Optional.of(Kind.MISSING_LIBRARY);
      }
      if (cause instanceof LoginException || cause instanceof GSSException) {
        return Optional.of(Kind.LOGIN_REFUSED);
      }
      if (text.contains("keystore password was incorrect") || text.contains("trustanchors")) {
        return Optional.of(Kind.TRUST_STORE);
      }
      if (text.contains("validate the server name") || text.contains("subject alternative")) {
        return Optional.of(Kind.OTHER_HOST);
      }
      if (text.contains("protocol version") || text.contains("no appropriate protocol")) {
        return Optional.of(Kind.TLS_VERSION);
      }
      if (text.contains("not configured to support ssl")) {
        return Optional.of(Kind.NO_TLS);
      }
      untrusted |=
          cause instanceof CertificateException
              || cause instanceof SSLHandshakeException
              || text.contains("pkix");
      broken |= cause instanceof EOFException;
    }
    // A connection that breaks in the middle of a handshake is just a broken connection.
    return untrusted && !broken ? Optional.of(Kind.UNTRUSTED) : Optional.empty();
  }
}
