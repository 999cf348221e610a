/**
 * The sync's own tables on a database: implements {@link edu.cumc.aou.sync.port.SyncStore}.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.db.store;

import org.jspecify.annotations.NullMarked;
