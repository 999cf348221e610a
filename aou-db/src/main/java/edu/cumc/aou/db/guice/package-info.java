/**
 * The Guice module of this library, for runners that use Guice; nothing else needs it.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.db.guice;

import org.jspecify.annotations.NullMarked;
