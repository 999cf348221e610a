/**
 * Reading settings: every problem is collected, unknown keys are errors, secrets never print.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.config;

import org.jspecify.annotations.NullMarked;
