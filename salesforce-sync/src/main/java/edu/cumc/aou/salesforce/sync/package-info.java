/** What makes the client the sync's {@link edu.cumc.aou.sync.port.Crm}, and reads its settings. */
@NullMarked
package edu.cumc.aou.salesforce.sync;

import org.jspecify.annotations.NullMarked;
