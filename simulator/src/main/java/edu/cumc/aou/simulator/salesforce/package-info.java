/**
 * A strict Salesforce org over HTTP, for people without one and for tests. It knows the documented
 * wire and no client; {@link edu.cumc.aou.simulator.salesforce.SalesforceSimulator} is the way in.
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce;

import org.jspecify.annotations.NullMarked;
