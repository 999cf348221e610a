/**
 * May this be sent again? Judges every failed attempt, and repeats what may be repeated. Not API:
 * everything here may change at any time.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.salesforce.internal.repeat;

import org.jspecify.annotations.NullMarked;
