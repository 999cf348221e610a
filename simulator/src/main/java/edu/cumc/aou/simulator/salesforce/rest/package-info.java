/**
 * The resources below {@code /services/data} that answer at once: describe, records, Collections,
 * composite requests, queries, feeds and limits.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce.rest;

import org.jspecify.annotations.NullMarked;
