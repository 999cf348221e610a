/**
 * The org itself, as it is without any API: its objects and fields, its records and the rules for
 * them, its automation, and what of it is kept on disk.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce.org;

import org.jspecify.annotations.NullMarked;
