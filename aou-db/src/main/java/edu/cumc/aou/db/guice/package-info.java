/** The Guice module of this library, for runners that use Guice; nothing else needs it. */
@NullMarked
package edu.cumc.aou.db.guice;

import org.jspecify.annotations.NullMarked;
