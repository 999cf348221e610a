/**
 * The Bulk API 2.0: jobs that write or read many records, and their CSV.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce.bulk;

import org.jspecify.annotations.NullMarked;
