/**
 * What source and store share: reading their settings, and turning failures of the database into
 * those of the sync.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.db.adapter;

import org.jspecify.annotations.NullMarked;
