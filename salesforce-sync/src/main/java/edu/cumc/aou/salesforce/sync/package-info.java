/**
 * What makes the client the sync's {@link edu.cumc.aou.sync.port.Crm}, and reads its settings.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.salesforce.sync;

import org.jspecify.annotations.NullMarked;
