package edu.cumc.aou.salesforce;

import java.nio.file.Path;

/**
 * Certificates to trust beside those that Java trusts, for a network that reads what goes through
 * it.
 *
 * @param file PEM with one certificate or several, or PKCS12; read when the client is made
 * @param password of a PKCS12 file; empty for PEM
 */
public record TrustSettings(Path file, Secret password) {}
