/**
 * The door of the house: requests and answers independent of any server, the routing, the server
 * itself, and the log of requests. Knows nothing of Salesforce but the shape of its errors.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce.http;

import org.jspecify.annotations.NullMarked;
