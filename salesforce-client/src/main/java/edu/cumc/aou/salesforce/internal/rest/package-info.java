/**
 * Records, queries and descriptions by single calls. Not API: everything here may change at any
 * time.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.salesforce.internal.rest;

import org.jspecify.annotations.NullMarked;
