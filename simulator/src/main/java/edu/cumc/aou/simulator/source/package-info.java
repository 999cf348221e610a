/**
 * A participant source of invented people: the tables and the view that a site's nightly loaders
 * fill, on H2 or SQL Server, for any day of a made-up calendar.
 *
 * <p>Everybody is computed from a seed and a number, so the source of any day can be written
 * without the days before it, and the same options always give the same content.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.source;

import org.jspecify.annotations.NullMarked;
