package edu.cumc.aou.sync.mapping;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One step of the chain that a text of the source goes through before its {@link Transform}. What a
 * step says is data, and its {@code toString} is part of the mapping's fingerprint. Immutable.
 */
public sealed interface Step {

  /** A step that says no more than its name. */
  record Plain(Word word) implements Step {}

  /** The steps that say no more than their name. */
  enum Word {
    UPPER_CASE,
    LOWER_CASE,
    /** The digits of the text alone. */
    DIGITS
  }

  /** Puts something before and behind a text that is not blank. */
  record Affix(String before, String behind) implements Step {}

  /** Puts another text in place of each occurrence. {@code by} is taken as it stands. */
  record Replace(Pattern what, String by) implements Step {}

  /** What stands for a blank text. */
  record Default(String text) implements Step {}

  /**
   * Some characters of the text.
   *
   * @param from the first one; 1 is the text's first
   * @param length how many at most
   */
  record Part(int from, int length) implements Step {}

  /**
   * Puts the texts of other columns behind, those that are not blank.
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

  /** Puts a value in place of another, by a list in the settings. */
  record ValueMap(Map<String, String> values, Unknown unknown) implements Step {
    public ValueMap {
      values = byAnyCase(values);
    }
  }

  /** The same by a table of the source database. */
  record TableMap(ValueTable table, Unknown unknown) implements Step {}

  /**
   * Puts the id of a record in place of what it is known by on both sides.
   *
   * @param object the sObject of that record
   * @param field its field that holds the value
   */
  record Find(String object, String field) implements Step {}

  /**
   * A site's own.
   *
   * @param identity what tells this one from another: name, version, jar and settings
   */
  record Own(String identity, OwnTransform.Rule rule) implements Step {
    @Override
    public String toString() {
      return "Own[" + identity + "]";
    }
  }

  /**
   * A table or view of the source database that says which value stands for which.
   *
   * @param name as {@code source.contacts} is written
   */
  record ValueTable(String name, String key, String value) {}

  /** What becomes of a value that a map does not know. */
  enum Unknown {
    /** The field is left alone, and it is told. */
    REFUSE,
    /** The value is taken as it stands. */
    KEEP,
    /** The field is taken for blank. */
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
