/**
 * Connections, transactions, dialects and the translation of errors. Not API: public only where
 * {@code edu.cumc.aou.db.sync} needs it.
 */
@NullMarked
package edu.cumc.aou.db.internal;

import org.jspecify.annotations.NullMarked;
