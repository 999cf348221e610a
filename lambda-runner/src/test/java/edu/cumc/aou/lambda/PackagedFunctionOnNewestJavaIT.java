package edu.cumc.aou.lambda;

import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** On the newest Java that is there, for Lambda will offer newer ones. */
@Tag("slow")
class PackagedFunctionOnNewestJavaIT extends PackagedFunctionContract {

  @Override
  Optional<InstalledJava> java() {
    return InstalledJava.newestAfter(17);
  }

  @Override
  String absence() {
    return "no Java newer than 17 is installed on this machine; JAVA_HOME_… may name one";
  }
}
