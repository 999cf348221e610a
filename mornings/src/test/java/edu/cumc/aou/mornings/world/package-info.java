/** The outside of a site in virtual time: source, org, store, and what goes wrong between them. */
@NullMarked
package edu.cumc.aou.mornings.world;

import org.jspecify.annotations.NullMarked;
