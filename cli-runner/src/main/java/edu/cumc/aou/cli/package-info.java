/** {@code aou-sync}, the command line program: its commands, and how it reports failures. */
@NullMarked
package edu.cumc.aou.cli;

import org.jspecify.annotations.NullMarked;
