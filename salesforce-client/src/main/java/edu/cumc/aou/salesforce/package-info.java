/**
 * A Salesforce client for programs that write records in bulk and must know the result of each;
 * start at {@link edu.cumc.aou.salesforce.Salesforce}. Knows nothing of the sync.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.salesforce;

import org.jspecify.annotations.NullMarked;
