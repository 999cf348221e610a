/**
 * Carries out the commands {@code demo}, {@code simulator} and {@code generate}. It goes into
 * {@code aou-sync-lab.jar} together with {@code edu.cumc.aou.cli.demo} and the simulator; the
 * program only knows it as a {@link edu.cumc.aou.cli.runtime.Lab}.
 */
@NullMarked
package edu.cumc.aou.cli.lab;

import org.jspecify.annotations.NullMarked;
