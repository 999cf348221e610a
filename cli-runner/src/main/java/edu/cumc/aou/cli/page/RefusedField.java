package edu.cumc.aou.cli.page;

/** A field that was left alone and the rule that its value breaks, as reports name them. */
record RefusedField(String object, String field, String rule) {

  /** Takes {@code object.Field:rule} apart. */
  static RefusedField parse(String name) {
    int dot = name.indexOf('.');
    int colon = name.indexOf(':', dot);
    return new RefusedField(
        name.substring(0, dot), name.substring(dot + 1, colon), name.substring(colon + 1));
  }
}
