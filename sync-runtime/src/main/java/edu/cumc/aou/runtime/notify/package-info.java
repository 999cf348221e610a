/**
 * Tells people and monitors how a sync ended: by mail, to a webhook, by a command, in a file of
 * metrics. What is told holds counts, codes and names of fields, never personal data.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.runtime.notify;

import org.jspecify.annotations.NullMarked;
