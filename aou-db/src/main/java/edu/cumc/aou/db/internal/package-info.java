/**
 * Connections, transactions, dialects and the translation of errors. Not API: public only where
 * {@code edu.cumc.aou.db.source} and {@code edu.cumc.aou.db.store} need it.
 */
@NullMarked
package edu.cumc.aou.db.internal;

import org.jspecify.annotations.NullMarked;
