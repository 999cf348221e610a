/**
 * How a request travels and what an answer holds: transport, headers, JSON. Not API: everything
 * here may change at any time.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.salesforce.internal.wire;

import org.jspecify.annotations.NullMarked;
