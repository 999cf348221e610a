/** The words of the field: participants, Contacts, journeys, their ids, fields and values. */
@NullMarked
package edu.cumc.aou.sync.model;

import org.jspecify.annotations.NullMarked;
