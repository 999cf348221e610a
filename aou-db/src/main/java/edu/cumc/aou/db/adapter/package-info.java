/**
 * What source and store share: how their settings are read, and how failures of the database become
 * those of the sync.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.db.adapter;

import org.jspecify.annotations.NullMarked;
