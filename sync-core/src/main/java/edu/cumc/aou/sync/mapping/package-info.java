/** Which source column feeds which Salesforce field, how, and what makes a value invalid. */
@NullMarked
package edu.cumc.aou.sync.mapping;

import org.jspecify.annotations.NullMarked;
