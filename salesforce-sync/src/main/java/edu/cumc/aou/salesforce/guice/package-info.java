/**
 * Wires the client for runners that use Guice.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.salesforce.guice;

import org.jspecify.annotations.NullMarked;
