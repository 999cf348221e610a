/** Random mornings of a site: see docs/safety.md. */
@NullMarked
package edu.cumc.aou.mornings;

import org.jspecify.annotations.NullMarked;
