/**
 * What goes wrong on purpose: which requests or records it strikes, and how it is asked for.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce.fault;

import org.jspecify.annotations.NullMarked;
