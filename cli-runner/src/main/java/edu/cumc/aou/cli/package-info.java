/** {@code aou-sync}, the command line program: its commands, and what comes of their failures. */
@NullMarked
package edu.cumc.aou.cli;

import org.jspecify.annotations.NullMarked;
