/**
 * What people look up and decide at the desk, beside the runs.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.desk;

import org.jspecify.annotations.NullMarked;
