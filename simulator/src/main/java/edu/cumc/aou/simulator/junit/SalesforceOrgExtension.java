package edu.cumc.aou.simulator.junit;

import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.org.OwnSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts the org of a test when the test asks for it. JUnit closes it. */
final class SalesforceOrgExtension implements ParameterResolver {
  private static final String CLASSPATH = "classpath:";
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
              if (!settings.schema().isEmpty()) {
                builder.schema(schema(settings.schema(), test));
              }
              for (String fault : settings.faults()) {
                builder.fault(DeclaredFault.parse(fault));
              }
            });
    return builder.start();
  }

  /** From a file, or from beside the tests. */
  private static OwnSchema schema(String place, ExtensionContext test) {
    if (!place.startsWith(CLASSPATH)) {
      return OwnSchema.read(Path.of(place));
    }
    String name = place.substring(CLASSPATH.length());
    try (InputStream in = test.getRequiredTestClass().getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new SalesforceSimulatorException("There is no resource " + name);
      }
      return OwnSchema.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new SalesforceSimulatorException("The resource " + name + " cannot be read", e);
    }
  }

  /** Those of the method, or else of its class or an enclosing class. */
  private static Optional<SalesforceOrg> settings(ExtensionContext test) {
    Optional<SalesforceOrg> found =
        test.getElement()
            .flatMap(element -> AnnotationSupport.findAnnotation(element, SalesforceOrg.class));
    return found.or(() -> test.getParent().flatMap(SalesforceOrgExtension::settings));
  }

  /** JUnit closes this org with the test, from JUnit 5.13 on. */
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
