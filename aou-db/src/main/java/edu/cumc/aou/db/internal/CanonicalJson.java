package edu.cumc.aou.db.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The canonical JSON that stores maps and lists of texts: sorted keys, no blanks. */
public final class CanonicalJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** About as many characters as the values of a record take. */
  private static final int OF_A_RECORD = 1024;

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

  /**
   * Writes a map as {@link #write(Object)} does, and makes none in between: every value of every
   * record goes through here.
   *
   * @param map in the order of its names
   */
  public static <K, V> String write(
      SortedMap<K, V> map, Function<K, String> name, Function<V, String> text) {
    StringWriter json = new StringWriter(OF_A_RECORD);
    try (JsonGenerator generator = MAPPER.createGenerator(json)) {
      generator.writeStartObject();
      for (Map.Entry<K, V> entry : map.entrySet()) {
        generator.writeStringField(name.apply(entry.getKey()), text.apply(entry.getValue()));
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a map of texts could not be written as JSON");
    }
    return json.toString();
  }

  public static SortedMap<String, String> texts(String json) {
    TreeMap<String, String> texts = new TreeMap<>();
    texts(json, texts::put);
    return texts;
  }

  /** Tells each name and its text, in the order in which they stand. */
  public static void texts(String json, BiConsumer<String, String> each) {
    try (JsonParser parser = MAPPER.createParser(json)) {
      boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
      while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        String text = parser.nextToken().isScalarValue() ? parser.getValueAsString() : null;
        if (text == null) {
          throw somethingElse();
        }
        each.accept(name, text);
      }
      if (!isObject || parser.currentToken() != JsonToken.END_OBJECT) {
        throw somethingElse();
      }
    } catch (IOException e) {
      // The parser's own message quotes the text.
      throw somethingElse();
    }
  }

  private static IllegalStateException somethingElse() {
    return new IllegalStateException("a column that holds JSON of ours holds something else");
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
      throw somethingElse();
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
      throw somethingElse();
    }
  }
}
