/** The coordinator's question: why is this participant, or this value, (not) in Salesforce? */
@NullMarked
package edu.cumc.aou.sync.explain;

import org.jspecify.annotations.NullMarked;
