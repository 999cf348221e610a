package edu.cumc.aou.db.internal;

import java.util.List;

/** The blanks that are removed from keys, so that SQL and Java see the same key. */
final class Blanks {

  /**
   * Space, tab to carriage return, no-break spaces, the spaces of typography, zero-width space,
   * ideographic space, byte order mark.
   */
  private static final List<Integer> CODES =
      List.of(
          0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0xA0, 0x2003, 0x2007, 0x2009, 0x200B, 0x202F, 0x3000,
          0xFEFF);

  private Blanks() {}

  static String removed(String column, String characterFunction) {
    String expression = "CAST(" + column + " AS NVARCHAR(200))";
    for (int code : CODES) {
      expression = "REPLACE(" + expression + ", " + characterFunction + "(" + code + "), '')";
    }
    return "UPPER(COALESCE(" + expression + ", ''))";
  }
}
