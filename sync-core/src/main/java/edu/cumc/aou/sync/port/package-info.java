/**
 * The interfaces to the outside: a participant source, a CRM and a store for the sync's own tables.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.port;

import org.jspecify.annotations.NullMarked;
