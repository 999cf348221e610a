/**
 * The simulator in tests with JUnit 5; JUnit has to be among the dependencies of those tests.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.simulator.junit;

import org.jspecify.annotations.NullMarked;
