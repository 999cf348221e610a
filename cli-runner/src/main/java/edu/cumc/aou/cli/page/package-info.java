/** The page of a run, for people. */
@NullMarked
package edu.cumc.aou.cli.page;

import org.jspecify.annotations.NullMarked;
