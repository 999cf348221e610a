package edu.cumc.aou.simulator.junit;

import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class a new, empty org: a parameter of type {@link SalesforceSimulator}. The
 * org is closed when the test is over. On a method, the settings of that method count.
 *
 * <pre>{@code
 * @SalesforceOrg(faults = "unavailable on POST /sobjects/Contact nth=1")
 * class MyClientTest {
 *   @Test
 *   void contact_isCreated_inSpiteOfAnOutage(SalesforceSimulator org) {
 *     new MyClient(org.url(), org.credentials()).create("Muster");
 *     assertThat(org.records("Contact")).hasSize(1);
 *   }
 * }
 * }</pre>
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SalesforceOrgExtension.class)
public @interface SalesforceOrg {
  /**
   * What goes wrong, as on the command line.
   *
   * @return lines such as {@code unavailable on GET /query nth=2}
   */
  String[] faults() default {};

  /**
   * Your own objects, fields and rules, as {@code --schema} takes them.
   *
   * @return a file, or {@code classpath:} and the name of a resource; empty for none
   */
  String schema() default "";

  /**
   * Whether addresses accept only listed states and countries.
   *
   * @return true for state and country picklists
   */
  boolean statePicklists() default false;
}
