package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;

/** Short hashes that recognise values without storing them. */
public final class ValueHash {

  private static final int DIGITS = 16;

  /** Most of what a first write replaces. */
  private static final String OF_BLANK = hash("");

  private ValueHash() {}

  public static String of(FieldValue value) {
    return value.isBlank() ? OF_BLANK : hash(value.text());
  }

  private static String hash(String text) {
    return BoundMapping.sha256(text).substring(0, DIGITS);
  }

  /** One hash over several fields and their values. */
  public static String of(FieldValues values) {
    StringBuilder text = new StringBuilder();
    values
        .asMap()
        .forEach(
            (field, value) ->
                text.append(field.value()).append('\0').append(value.text()).append('\0'));
    return hash(text.toString());
  }
}
