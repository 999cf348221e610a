/** The check-up before a run: what is right, what is odd, what must be mended first. */
@NullMarked
package edu.cumc.aou.sync.check;

import org.jspecify.annotations.NullMarked;
