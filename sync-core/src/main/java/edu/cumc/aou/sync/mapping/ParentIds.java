package edu.cumc.aou.sync.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ids of records that others point at, by a field that both sides know. Asks Salesforce
 * when the first value is needed, and once for all of them if they are few. Thread-safe.
 */
public final class ParentIds {

  /** Asks Salesforce. */
  public interface Reader {
    /**
     * The ids by the values of a field.
     *
     * @param value only this value; null for all
     * @return empty if there are too many to read at once
     */
    Optional<Map<String, List<String>>> ids(String object, String field, @Nullable String value);
  }

  private final Reader reader;
  private final Map<String, Optional<Map<String, List<String>>>> all = new TreeMap<>();
  private final Map<String, List<String>> single = new TreeMap<>();

  public ParentIds(Reader reader) {
    this.reader = reader;
  }

  /** For a program that points at no records. */
  static ParentIds none() {
    return new ParentIds((object, field, value) -> Optional.of(Map.of()));
  }

  /** The ids of the records with this value, in any case. */
  synchronized List<String> of(String object, String field, String value) {
    String place = object + "." + field;
    Optional<Map<String, List<String>>> known = all.get(place);
    if (known == null) {
      known = reader.ids(object, field, null).map(ParentIds::byAnyCase);
      all.put(place, known);
    }
    return known.isPresent()
        ? known.get().getOrDefault(value, List.of())
        : single.computeIfAbsent(
            place + "=" + value,
            key ->
                reader
                    .ids(object, field, value)
                    .map(ParentIds::byAnyCase)
                    .map(found -> found.getOrDefault(value, List.of()))
                    .orElse(List.of()));
  }

  private static Map<String, List<String>> byAnyCase(Map<String, List<String>> found) {
    Map<String, List<String>> ids = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    found.forEach(
        (value, some) -> ids.computeIfAbsent(value.strip(), v -> new ArrayList<>()).addAll(some));
    return ids;
  }
}
