package edu.cumc.aou.sync.mapping;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One step of the chain that a text of the source goes through before its {@link Transform}. A step
 * is data, and its {@code toString} is part of the mapping's fingerprint. Immutable.
 */
public sealed interface Step {

  /** A step with a name and no settings. */
  record Plain(Word word) implements Step {}

  /** The steps without settings. */
  enum Word {
    UPPER_CASE,
    LOWER_CASE,
    /** Only the digits of the text. */
    DIGITS
  }

  /** Puts text before and after a text that is not blank. */
  record Affix(String before, String behind) implements Step {}

  /** Replaces each occurrence by {@code by}, taken literally. */
  record Replace(Pattern what, String by) implements Step {}

  /** Replaces a blank text. */
  record Default(String text) implements Step {}

  /**
   * Takes some characters of the text.
   *
   * @param from the first one; 1 is the text's first
   * @param length how many at most
   */
  record Part(int from, int length) implements Step {}

  /**
   * Appends the texts of other columns that are not blank.
   *
   * @param columns each must exist
   */
  record Join(List<String> columns, String with) implements Step {
    public Join {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Reads a day or a point in time in one form and writes it in another.
   *
   * @param from null for every form that the sync knows
   * @param to null for the ISO form
   */
  record DateForm(@Nullable String from, @Nullable String to) implements Step {}

  /** Replaces a value by a list in the settings. */
  record ValueMap(Map<String, String> values, Unknown unknown) implements Step {
    public ValueMap {
      values = byAnyCase(values);
    }
  }

  /** Replaces a value by a table in the source database. */
  record TableMap(ValueTable table, Unknown unknown) implements Step {}

  /**
   * Replaces a value that both sides know by the id of its record.
   *
   * @param object the record's sObject
   * @param field the field that holds the value
   */
  record Find(String object, String field) implements Step {}

  /**
   * A site's own step.
   *
   * @param identity tells it from others: name, version, jar and settings
   */
  record Own(String identity, OwnTransform.Rule rule) implements Step {
    @Override
    public String toString() {
      return "Own[" + identity + "]";
    }
  }

  /**
   * A table or view of the source database that maps values to values.
   *
   * @param name written as {@code source.contacts} is
   */
  record ValueTable(String name, String key, String value) {}

  /** What happens to a value that a map does not know. */
  enum Unknown {
    /** The field is left alone, and that is reported. */
    REFUSE,
    /** The value stays as it is. */
    KEEP,
    /** The field counts as blank. */
    BLANK
  }

  /** Finds a key in any case, as SQL Server usually does. */
  static Map<String, String> byAnyCase(Map<String, String> values) {
    Map<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    found.putAll(values);
    return Collections.unmodifiableMap(found);
  }

  /** The text in the case of a word, or its digits. */
  static String byWord(Word word, String text) {
    return switch (word) {
      case UPPER_CASE -> text.toUpperCase(Locale.ROOT);
      case LOWER_CASE -> text.toLowerCase(Locale.ROOT);
      case DIGITS -> text.replaceAll("[^0-9]", "");
    };
  }
}
