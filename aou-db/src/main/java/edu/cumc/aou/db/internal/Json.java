package edu.cumc.aou.db.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The canonical JSON in which maps and lists of texts are stored: sorted keys, no blanks. */
public final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<TreeMap<String, Long>> NUMBERS = new TypeReference<>() {};
  private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

  private Json() {}

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
      // the parser's own message quotes the text
      throw new IllegalStateException("a column that holds JSON of ours holds something else");
    }
  }
}
