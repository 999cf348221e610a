/**
 * What people at the desk look up and decide, beside the runs.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.desk;

import org.jspecify.annotations.NullMarked;
