/** A few days of the sync among invented people, on one machine and in virtual time. */
@NullMarked
package edu.cumc.aou.cli.demo;

import org.jspecify.annotations.NullMarked;
