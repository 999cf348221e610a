/** What people and programs read: reports, plan files, progress. */
@NullMarked
package edu.cumc.aou.cli.print;

import org.jspecify.annotations.NullMarked;
