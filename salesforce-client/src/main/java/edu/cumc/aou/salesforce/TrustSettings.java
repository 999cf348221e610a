package edu.cumc.aou.salesforce;

import java.nio.file.Path;

/**
 * Certificates to trust in addition to Java's own, for a network that inspects its traffic.
 *
 * @param file PEM with one or several certificates, or PKCS12; read when the client is made
 * @param password of a PKCS12 file; empty for PEM
 */
public record TrustSettings(Path file, Secret password) {}
