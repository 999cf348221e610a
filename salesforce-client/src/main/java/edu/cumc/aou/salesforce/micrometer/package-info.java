/**
 * Metrics of the Salesforce client for Micrometer. The only package that needs {@code
 * micrometer-core} on the class path.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.salesforce.micrometer;

import org.jspecify.annotations.NullMarked;
