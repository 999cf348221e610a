package edu.cumc.aou.simulator.junit;

import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts the org of a test when the test asks for it. JUnit closes it. */
final class SalesforceOrgExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace HOUSE =
      ExtensionContext.Namespace.create(SalesforceOrgExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == SalesforceSimulator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getStore(HOUSE)
        .getOrComputeIfAbsent(Running.class, key -> new Running(start(test)), Running.class)
        .org();
  }

  private static SalesforceSimulator start(ExtensionContext test) {
    SalesforceSimulatorBuilder builder = SalesforceSimulator.builder();
    settings(test)
        .ifPresent(
            settings -> {
              builder.statePicklists(settings.statePicklists());
              for (String fault : settings.faults()) {
                builder.fault(DeclaredFault.parse(fault));
              }
            });
    return builder.start();
  }

  /** Those of the method, or else of its class or a class around it. */
  private static Optional<SalesforceOrg> settings(ExtensionContext test) {
    Optional<SalesforceOrg> found =
        test.getElement()
            .flatMap(element -> AnnotationSupport.findAnnotation(element, SalesforceOrg.class));
    return found.or(() -> test.getParent().flatMap(SalesforceOrgExtension::settings));
  }

  /** An org that JUnit closes with the test, from JUnit 5.13 on. */
  private record Running(SalesforceSimulator org) implements AutoCloseable {
    @Override
    public void close() {
      org.close();
    }

    @Override
    public String toString() {
      return org.toString();
    }
  }
}
