/**
 * Notifies people and monitors how a sync ended: by mail, a webhook, a command, or a metrics file.
 * Notices hold counts, codes and names of fields, never personal data.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.runtime.notify;

import org.jspecify.annotations.NullMarked;
