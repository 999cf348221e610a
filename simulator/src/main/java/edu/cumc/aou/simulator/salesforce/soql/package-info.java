/**
 * The query language: from the text of a query to the rows and columns that it finds in the org.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce.soql;

import org.jspecify.annotations.NullMarked;
