/**
 * How the client logs in, and the session it holds. Not API: everything here may change at any
 * time.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.salesforce.internal.login;

import org.jspecify.annotations.NullMarked;
