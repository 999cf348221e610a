/** What happens on a site's days, drawn from a seed, and how it is lived. */
@NullMarked
package edu.cumc.aou.mornings.life;

import org.jspecify.annotations.NullMarked;
