/** Secrets by reference: kept in AWS Secrets Manager or in the Systems Manager Parameter Store. */
@NullMarked
package edu.cumc.aou.runtime.secrets;

import org.jspecify.annotations.NullMarked;
