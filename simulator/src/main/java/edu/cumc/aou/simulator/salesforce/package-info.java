/**
 * A strict Salesforce org over HTTP, for people without one and for tests. It knows the documented
 * wire and no client; start at {@link edu.cumc.aou.simulator.salesforce.SalesforceSimulator}.
 *
 * <p>This package assembles the packages below it. {@code http} and {@code org} are the ground;
 * {@code login}, {@code soql} and {@code fault} build on them; {@code rest}, {@code bulk} and
 * {@code soap} serve the APIs, and know nothing of each other.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce;

import org.jspecify.annotations.NullMarked;
