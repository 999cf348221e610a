/**
 * How the client speaks to Salesforce: Feign interfaces, one per group of resources, and the
 * gateway that alone calls them, repeats and logs in. Not API: everything here may change at any
 * time.
 */
@NullMarked
package edu.cumc.aou.salesforce.internal;

import org.jspecify.annotations.NullMarked;
