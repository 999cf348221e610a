/**
 * Salesforce as the sync uses it: implements {@link edu.cumc.aou.sync.port.Crm} on the client.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.salesforce.crm;

import org.jspecify.annotations.NullMarked;
