/**
 * The door of the house: requests and answers free of any server, who answers which path, the
 * server itself, and the log of what was asked. Knows nothing of Salesforce but the shape of its
 * errors.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce.http;

import org.jspecify.annotations.NullMarked;
