/** Finds and reads the configuration, and assembles the libraries for one command. */
@NullMarked
package edu.cumc.aou.cli.runtime;

import org.jspecify.annotations.NullMarked;
