/**
 * Decides what should change and why: status rules, differences, guards.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.plan;

import org.jspecify.annotations.NullMarked;
