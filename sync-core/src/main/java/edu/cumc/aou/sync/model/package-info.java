/**
 * The vocabulary of the domain: participants, Contacts, journeys, their ids, fields and values.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.model;

import org.jspecify.annotations.NullMarked;
