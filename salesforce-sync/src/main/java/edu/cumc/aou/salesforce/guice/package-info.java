/** Wires the client for runners that use Guice. */
@NullMarked
package edu.cumc.aou.salesforce.guice;

import org.jspecify.annotations.NullMarked;
