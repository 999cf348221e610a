/**
 * Metrics of the Salesforce client for Micrometer. The only package that needs {@code
 * micrometer-core} on the class path.
 */
@NullMarked
package edu.cumc.aou.salesforce.micrometer;

import org.jspecify.annotations.NullMarked;
