/**
 * Says whether what stands in Salesforce, in the tables, in the report and in the exit code is
 * true. Reads the source and the org by itself: it shares no code with the sync's mapping, plan and
 * run.
 */
@NullMarked
package edu.cumc.aou.mornings.judge;

import org.jspecify.annotations.NullMarked;
