/**
 * Faults: which requests or records they strike, and how to ask for them.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce.fault;

import org.jspecify.annotations.NullMarked;
