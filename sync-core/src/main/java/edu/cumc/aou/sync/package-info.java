/**
 * The daily sync as a use case: what to run, with what settings, what came of it, who listens.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync;

import org.jspecify.annotations.NullMarked;
