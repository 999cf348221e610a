package edu.cumc.aou.db;

import org.jspecify.annotations.Nullable;

/**
 * The certificates to trust a server by, instead of Java's own.
 *
 * @param file a key store in JKS or PKCS12
 * @param password null for a store without one
 */
public record TrustStore(String file, @Nullable DatabaseSecret password) {}
