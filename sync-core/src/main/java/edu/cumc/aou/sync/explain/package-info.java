/**
 * Answers the coordinator's question: why is this participant, or this value, (not) in Salesforce?
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.explain;

import org.jspecify.annotations.NullMarked;
