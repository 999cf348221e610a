/**
 * The simulator in tests with JUnit 5; those tests must depend on JUnit.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.junit;

import org.jspecify.annotations.NullMarked;
