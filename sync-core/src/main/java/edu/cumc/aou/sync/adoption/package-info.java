/**
 * Contacts without a PMI ID that may be those of participants who enrolled since.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.adoption;

import org.jspecify.annotations.NullMarked;
