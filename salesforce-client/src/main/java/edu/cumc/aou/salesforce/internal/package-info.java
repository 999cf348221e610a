/**
 * Assembles the client from its packages: {@code wire}, {@code repeat}, {@code login}, {@code rest}
 * and {@code bulk}. Each uses only the ones named before it, and {@code rest} and {@code bulk} do
 * not use each other. Not API: everything here may change at any time.
 */
@NullMarked
package edu.cumc.aou.salesforce.internal;

import org.jspecify.annotations.NullMarked;
