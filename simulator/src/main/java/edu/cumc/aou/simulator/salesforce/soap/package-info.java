/**
 * The calls of the SOAP API that clients still make: login, logout and undelete.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.salesforce.soap;

import org.jspecify.annotations.NullMarked;
