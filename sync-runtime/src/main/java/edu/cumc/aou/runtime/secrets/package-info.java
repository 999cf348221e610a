/**
 * Secrets by reference: kept in AWS Secrets Manager or in the Systems Manager Parameter Store.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.runtime.secrets;

import org.jspecify.annotations.NullMarked;
