/**
 * Admission: credentials, sessions, the token endpoint and the caller's identity.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce.login;

import org.jspecify.annotations.NullMarked;
