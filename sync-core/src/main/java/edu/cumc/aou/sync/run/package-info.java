/**
 * Carries out a plan: lease, steps, batches, outcomes, resume.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.run;

import org.jspecify.annotations.NullMarked;
