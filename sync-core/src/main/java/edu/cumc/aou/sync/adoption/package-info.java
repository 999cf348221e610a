/**
 * Finds Contacts without a PMI ID that may belong to participants who have enrolled since.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.sync.adoption;

import org.jspecify.annotations.NullMarked;
