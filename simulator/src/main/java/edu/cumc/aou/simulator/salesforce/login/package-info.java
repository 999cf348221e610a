/**
 * Who may come in: credentials, sessions, the token endpoint and who the caller is.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce.login;

import org.jspecify.annotations.NullMarked;
