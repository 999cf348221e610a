/**
 * A strict Salesforce org over HTTP, for people without one and for tests. It knows the documented
 * wire and no client; {@link edu.cumc.aou.simulator.salesforce.SalesforceSimulator} is the way in.
 *
 * <p>This package is the front: it puts the streets below it together. {@code http} and {@code org}
 * are the ground; {@code login}, {@code soql} and {@code fault} stand on them; {@code rest}, {@code
 * bulk} and {@code soap} serve the APIs, and know nothing of each other.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce;

import org.jspecify.annotations.NullMarked;
