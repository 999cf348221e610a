/**
 * Jobs of the Bulk API 2.0 and their CSV. Not API: everything here may change at any time.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.salesforce.internal.bulk;

import org.jspecify.annotations.NullMarked;
