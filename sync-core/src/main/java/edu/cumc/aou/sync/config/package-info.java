/**
 * Reads settings: collects every problem, refuses unknown keys, and never prints a secret.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.config;

import org.jspecify.annotations.NullMarked;
