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

/** How JSON is read: keys in any order, unknown ones passed over, nothing after the end. */
public final class WireJson {

  private static final List<Class<?>> FIRST =
      List.of(Wire.Token.class, Wire.Description.class, Wire.Job.class, Wire.SaveRow.class);

  private WireJson() {}

  /**
   * A mapper that is being made in a thread of its own: to load its classes takes as long as to
   * make the HTTP client, and a short program waits for both. What it will read first is tried
   * there.
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
                // the thread that waits for the mapper gets it
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
        // it is loaded all the same
      }
    }
    Object unused = mapper.valueToTree(Map.of("records", List.of(Map.of("field", "value"))));
  }

  static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            // an error that quotes its place in the text would quote values
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
