package edu.cumc.aou.db.adapter;

/** The ways to log in that the settings offer, as {@code auth.type}. */
enum LoginType {
  SQL,
  NTLM,
  KERBEROS,
  INTEGRATED,
  ENTRA_SERVICE_PRINCIPAL,
  ENTRA_MANAGED_IDENTITY
}
