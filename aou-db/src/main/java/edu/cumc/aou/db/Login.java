package edu.cumc.aou.db;

import org.jspecify.annotations.Nullable;

/** How to log in to a database. Passwords never show in {@code toString}. */
public sealed interface Login {

  /**
   * A login of the database's own, which SQL Server calls SQL authentication; the only one that H2
   * has.
   *
   * @param user null when the URL says it
   * @param password null when the URL says it
   */
  record Sql(@Nullable String user, @Nullable DatabaseSecret password) implements Login {}

  /** A Windows account with its password, from any machine. */
  record Ntlm(String domain, String user, DatabaseSecret password) implements Login {}

  /** A Kerberos ticket that somebody has fetched, by {@code kinit} for example. */
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

  /** The Windows account that this process runs under; needs the driver's DLL. */
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
