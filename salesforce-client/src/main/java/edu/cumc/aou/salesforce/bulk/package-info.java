/**
 * Bulk API 2.0: jobs that write or read many records at once. Start at {@link
 * edu.cumc.aou.salesforce.bulk.Bulk}, from {@link edu.cumc.aou.salesforce.Salesforce#bulk}.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.salesforce.bulk;

import org.jspecify.annotations.NullMarked;
