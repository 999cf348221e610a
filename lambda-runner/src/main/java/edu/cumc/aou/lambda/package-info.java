/** The daily sync as an AWS Lambda function: a thin shell around the same library as the CLI. */
@NullMarked
package edu.cumc.aou.lambda;

import org.jspecify.annotations.NullMarked;
