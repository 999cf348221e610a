/** The page of a run, for people: what it shows, and how it is written. */
@NullMarked
package edu.cumc.aou.cli.page;

import org.jspecify.annotations.NullMarked;
