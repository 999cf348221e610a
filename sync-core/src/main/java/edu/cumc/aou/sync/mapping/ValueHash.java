package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;

/** Short hashes that recognise values without storing them. */
public final class ValueHash {

  private static final int DIGITS = 16;

  private ValueHash() {}

  public static String of(FieldValue value) {
    return BoundMapping.sha256(value.text()).substring(0, DIGITS);
  }

  /** One hash over several fields and their values. */
  public static String of(FieldValues values) {
    StringBuilder text = new StringBuilder();
    values
        .asMap()
        .forEach(
            (field, value) ->
                text.append(field.value()).append('\0').append(value.text()).append('\0'));
    return BoundMapping.sha256(text.toString()).substring(0, DIGITS);
  }
}
