/**
 * The settings of the sync, read from a configuration and checked.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.settings;

import org.jspecify.annotations.NullMarked;
