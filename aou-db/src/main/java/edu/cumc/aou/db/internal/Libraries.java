package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.Login;

/** Checks for the libraries that some logins need and this product does not contain. */
final class Libraries {

  private Libraries() {}

  /** Throws MISSING_LIBRARY with the library's name. */
  static void require(Login login) {
    if (login instanceof Login.EntraServicePrincipal) {
      require("com.microsoft.aad.msal4j.ConfidentialClientApplication", "msal4j");
    } else if (login instanceof Login.EntraManagedIdentity) {
      require("com.azure.identity.ManagedIdentityCredentialBuilder", "azure-identity");
    }
  }

  private static void require(String type, String library) {
    try {
      Class<?> unused = Class.forName(type, false, Libraries.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new DatabaseException(
          Kind.MISSING_LIBRARY, "logging in, which needs the library " + library, "", 0);
    }
  }
}
