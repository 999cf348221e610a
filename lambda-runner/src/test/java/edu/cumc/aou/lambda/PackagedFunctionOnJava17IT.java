package edu.cumc.aou.lambda;

import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** On the oldest Java that it is built for. */
@Tag("slow")
class PackagedFunctionOnJava17IT extends PackagedFunctionContract {

  @Override
  Optional<InstalledJava> java() {
    return InstalledJava.ofFeature(17);
  }

  @Override
  String absence() {
    return "Java 17 is not installed on this machine; it was built and tested by a newer one";
  }
}
