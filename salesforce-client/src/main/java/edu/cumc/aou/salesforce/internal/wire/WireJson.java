package edu.cumc.aou.salesforce.internal.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** How JSON is read: keys in any order, unknown ones ignored, nothing after the end. */
public final class WireJson {

  private static final List<Class<?>> FIRST =
      List.of(Wire.Token.class, Wire.Description.class, Wire.Job.class, Wire.SaveRow.class);

  private WireJson() {}

  /**
   * A mapper that is made in its own thread: loading its classes takes as long as making the HTTP
   * client, and a short program waits for both. It also tries what it will read first.
   */
  public static Supplier<ObjectMapper> mapperSoon() {
    CompletableFuture<ObjectMapper> made = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                ObjectMapper mapper = mapper();
                boolean unused = made.complete(mapper);
                tryOut(mapper);
              } catch (RuntimeException | Error e) {
                // The thread that waits for the mapper gets the failure.
                boolean unused = made.completeExceptionally(e);
              }
            },
            "salesforce-json");
    thread.setDaemon(true);
    thread.start();
    return made::join;
  }

  private static void tryOut(ObjectMapper mapper) {
    for (Class<?> type : FIRST) {
      try {
        Object unused = mapper.readerFor(type).readValue("{}");
      } catch (JsonProcessingException e) {
        // The classes are loaded all the same.
      }
    }
    Object unused = mapper.valueToTree(Map.of("records", List.of(Map.of("field", "value"))));
  }

  static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            // An error that quotes its place in the text would quote values.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();
    return JsonMapper.builder(factory)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();
  }
}
