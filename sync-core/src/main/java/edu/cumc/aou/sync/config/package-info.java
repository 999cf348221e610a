/** Reading settings: every problem is collected, unknown keys are errors, secrets never print. */
@NullMarked
package edu.cumc.aou.sync.config;

import org.jspecify.annotations.NullMarked;
