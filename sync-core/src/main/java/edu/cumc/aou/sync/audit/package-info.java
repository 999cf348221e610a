/** The audit trail: how its rows are chained, and how the chain is verified. */
@NullMarked
package edu.cumc.aou.sync.audit;

import org.jspecify.annotations.NullMarked;
