/** Finds and reads the configuration, and puts the libraries together for one command. */
@NullMarked
package edu.cumc.aou.cli.runtime;

import org.jspecify.annotations.NullMarked;
