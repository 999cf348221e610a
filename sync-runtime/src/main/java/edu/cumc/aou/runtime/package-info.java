/**
 * Assembles the libraries for a run, and writes a run's report as JSON: what all runners share.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.runtime;

import org.jspecify.annotations.NullMarked;
