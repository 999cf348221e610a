/** The outside world for people without it: a Salesforce org over HTTP and a participant source. */
@NullMarked
package edu.cumc.aou.simulator;

import org.jspecify.annotations.NullMarked;
