/**
 * The rules of the manual as one kit with two targets: the simulator, and a sandbox named by the
 * caller. It speaks HTTP only and does not know the simulator's inside.
 */
@NullMarked
package edu.cumc.aou.simulator.kit;

import org.jspecify.annotations.NullMarked;
