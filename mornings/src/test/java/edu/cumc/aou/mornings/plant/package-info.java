/** Faults that are planted to see whether the judge finds them. */
@NullMarked
package edu.cumc.aou.mornings.plant;

import org.jspecify.annotations.NullMarked;
