/**
 * The check-up before a run: what is right, what is odd, what must be mended first.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.check;

import org.jspecify.annotations.NullMarked;
