/**
 * Says which source column feeds which Salesforce field, how, and what makes a value invalid.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.mapping;

import org.jspecify.annotations.NullMarked;
