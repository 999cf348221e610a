/** How a plan is carried out: lease, steps, batches, outcomes, resume. */
@NullMarked
package edu.cumc.aou.sync.run;

import org.jspecify.annotations.NullMarked;
