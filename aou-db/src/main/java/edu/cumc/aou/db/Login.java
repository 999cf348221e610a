package edu.cumc.aou.db;

import org.jspecify.annotations.Nullable;

/** How to log in to a database. Passwords never show in {@code toString}. */
public sealed interface Login {

  /**
   * A login of the database itself, which SQL Server calls SQL authentication; H2 has no other.
   *
   * @param user null if the URL names it
   * @param password null if the URL holds it
   */
  record Sql(@Nullable String user, @Nullable DatabaseSecret password) implements Login {}

  /** A Windows account with its password, from any machine. */
  record Ntlm(String domain, String user, DatabaseSecret password) implements Login {}

  /** An existing Kerberos ticket, for example from {@code kinit}. */
  record KerberosTicket() implements Login {}

  /** Kerberos by a password, from any machine that has a {@code krb5.conf}. */
  record KerberosPassword(String principal, DatabaseSecret password) implements Login {}

  /**
   * Kerberos by a file of keys.
   *
   * @param principal such as {@code svc_aou@EXAMPLE.ORG}
   * @param keytab the file
   */
  record KerberosKeytab(String principal, String keytab) implements Login {}

  /** The Windows account of this process; needs the driver's DLL. */
  record Integrated() implements Login {}

  /** A service principal of Microsoft Entra; needs msal4j on the class path. */
  record EntraServicePrincipal(String clientId, DatabaseSecret clientSecret) implements Login {}

  /**
   * The managed identity of the machine in Azure; needs azure-identity on the class path.
   *
   * @param clientId that of a user-assigned identity; null for the machine's own
   */
  record EntraManagedIdentity(@Nullable String clientId) implements Login {}
}
