package edu.cumc.aou.db;

import org.jspecify.annotations.Nullable;

/**
 * The certificates that a server is trusted by, instead of those of Java.
 *
 * @param file a key store in JKS or PKCS12
 * @param password null for a store without one
 */
public record TrustStore(String file, @Nullable DatabaseSecret password) {}
