package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.TrustStore;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Checks a trust store before the driver does, because the driver's messages vary. */
final class TrustStores {

  private TrustStores() {}

  /** Throws TRUST_STORE unless certificates can be read from the file. */
  static void require(TrustStore trust) {
    char[] password = trust.password() == null ? null : trust.password().reveal().toCharArray();
    boolean empty;
    try {
      empty = KeyStore.getInstance(new File(trust.file()), password).size() == 0;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unreadable();
    }
    if (empty) {
      throw unreadable();
    }
  }

  private static DatabaseException unreadable() {
    return new DatabaseException(Kind.TRUST_STORE, "reading the trust store", "", 0);
  }
}
