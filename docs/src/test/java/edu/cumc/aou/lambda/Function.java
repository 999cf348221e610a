package edu.cumc.aou.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import edu.cumc.aou.runtime.Outside;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The Lambda function in this process, for the tests of the manual. */
public final class Function {

  private static final int QUARTER_OF_AN_HOUR = 900_000;

  private Function() {}

  /** What it answers to an event. */
  public static String answer(
      String event, Map<String, String> environment, Path directory, Outside outside) {
    SyncHandler handler =
        new SyncHandler(new FunctionSurroundings(environment, directory, outside, line -> {}));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, context());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAwsRequestId" -> "00000000-0000-0000-0000-000000000000";
                  case "getRemainingTimeInMillis" -> QUARTER_OF_AN_HOUR;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
