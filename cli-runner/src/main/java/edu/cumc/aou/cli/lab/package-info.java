/**
 * What the commands {@code demo}, {@code simulator} and {@code generate} do. Together with {@code
 * edu.cumc.aou.cli.demo} and the simulator it is packed as {@code aou-sync-lab.jar}; the program
 * knows it as a {@link edu.cumc.aou.cli.runtime.Lab} only.
 */
@NullMarked
package edu.cumc.aou.cli.lab;

import org.jspecify.annotations.NullMarked;
