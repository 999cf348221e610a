/**
 * The org itself, without any API: its objects and fields, its records and their rules, its
 * automation, and its state on disk.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce.org;

import org.jspecify.annotations.NullMarked;
