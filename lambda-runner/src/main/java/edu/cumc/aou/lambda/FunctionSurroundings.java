package edu.cumc.aou.lambda;

import edu.cumc.aou.runtime.Outside;
import edu.cumc.aou.runtime.WallPause;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What the function takes from its environment, so that a test can replace it.
 *
 * @param environment the environment variables
 * @param directory where relative paths begin: the unpacked function
 * @param outside what a run takes
 * @param metrics takes lines of metrics, which CloudWatch finds in the log
 */
record FunctionSurroundings(
    Map<String, String> environment, Path directory, Outside outside, Consumer<String> metrics) {

  /** Names the role of the function. */
  static final String ROLE = "AOU_ROLE_ARN";

  FunctionSurroundings {
    environment = Map.copyOf(environment);
  }

  static FunctionSurroundings real() {
    return new FunctionSurroundings(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        new Outside(
            Clock.systemUTC(), new WallPause(), UnaryOperator.identity(), who(System.getenv())),
        System.out::println);
  }

  /**
   * The function with its role, for the audit trail. Lambda tells a function neither its role nor
   * its account, so the template does; asking AWS would need a permission and a network route.
   */
  static String who(Map<String, String> environment) {
    String role = environment.getOrDefault(ROLE, "");
    return "Lambda "
        + environment.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "function")
        + " version "
        + environment.getOrDefault("AWS_LAMBDA_FUNCTION_VERSION", "unknown")
        + " in "
        + environment.getOrDefault("AWS_REGION", "an unknown region")
        + (role.isBlank() ? "" : " as " + role.strip());
  }
}
