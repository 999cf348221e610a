/**
 * The sync's ports {@code ParticipantSource} and {@code SyncStore} over a database, the installer
 * of the sync's tables, and the {@code source} and {@code store} sections of the settings.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.db.sync;

import org.jspecify.annotations.NullMarked;
