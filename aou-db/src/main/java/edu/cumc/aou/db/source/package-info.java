/**
 * The participant source on a database: implements {@link
 * edu.cumc.aou.sync.port.ParticipantSource}.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.db.source;

import org.jspecify.annotations.NullMarked;
