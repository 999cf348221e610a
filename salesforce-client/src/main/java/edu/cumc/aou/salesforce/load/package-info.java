/**
 * Loads: many records, written by calls of a few or by Bulk jobs, with a journal that survives a
 * crash. Start at {@link edu.cumc.aou.salesforce.load.Loader}, from {@link
 * edu.cumc.aou.salesforce.Salesforce#loader}.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.salesforce.load;

import org.jspecify.annotations.NullMarked;
