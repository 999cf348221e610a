/**
 * The audit trail: how its rows are chained, and how the chain is verified.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.audit;

import org.jspecify.annotations.NullMarked;
