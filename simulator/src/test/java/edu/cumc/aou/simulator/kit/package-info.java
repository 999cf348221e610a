/**
 * The rules of the manual as one kit with two targets: the simulator, and a sandbox that somebody
 * names. It speaks HTTP only and knows nothing of the simulator's inside.
 */
@NullMarked
package edu.cumc.aou.simulator.kit;

import org.jspecify.annotations.NullMarked;
