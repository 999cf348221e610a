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
import java.util.function.Supplier;

/** How JSON is read: keys in any order, unknown ones ignored, nothing after the end. */
public final class WireJson {

  /** What a program mostly reads first. */
  private static final List<Sample> FIRST =
      List.of(
          new Sample(Wire.Token.class, "{}"),
          new Sample(
              Wire.Description.class,
              """
              {"fields":[{"name":"Name","length":80,"updateable":true,"referenceTo":["User"],
              "picklistValues":[{"value":"New","active":true}]}],"recordTypeInfos":[{}]}"""),
          new Sample(Wire.Job.class, "{}"),
          new Sample(Wire.SaveRow.class, "{}"));

  private record Sample(Class<?> type, String json) {}

  private WireJson() {}

  /** A mapper that is made in its own thread. That also tries what it will read first. */
  public static Supplier<ObjectMapper> mapperSoon() {
    return new Soon<>("salesforce-json", WireJson::mapper, WireJson::tryOut);
  }

  private static void tryOut(ObjectMapper mapper) {
    for (Sample sample : FIRST) {
      try {
        Object unused = mapper.readerFor(sample.type()).readValue(sample.json());
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
