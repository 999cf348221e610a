package edu.cumc.aou.db.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The canonical JSON that stores maps and lists of texts: sorted keys, no blanks. */
public final class CanonicalJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<TreeMap<String, Long>> NUMBERS = new TypeReference<>() {};
  private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

  private CanonicalJson() {}

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts could not be written as JSON");
    }
  }

  public static SortedMap<String, String> texts(String json) {
    return read(json, TEXTS);
  }

  /** The names of a map, without its values. */
  public static List<String> names(String json) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = MAPPER.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          names.add(parser.currentName());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("a column that holds JSON of ours holds something else");
    }
    return names;
  }

  public static Map<String, Long> numbers(String json) {
    return read(json, NUMBERS);
  }

  public static List<String> list(String json) {
    return read(json, LIST);
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      // The parser's own message quotes the text.
      throw new IllegalStateException("a column that holds JSON of ours holds something else");
    }
  }
}
