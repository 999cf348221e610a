/**
 * What a run reports at its end: counts, balance and costs.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.report;

import org.jspecify.annotations.NullMarked;
