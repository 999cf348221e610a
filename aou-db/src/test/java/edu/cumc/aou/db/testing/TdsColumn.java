package edu.cumc.aou.db.testing;

/** A column of a result, or of a table that takes a load. */
public record TdsColumn(String name, TdsType type, boolean nullable) {

  private static final int UPDATABLE = 8;

  void write(TdsBytes out) {
    out.number(4, 0).number(2, UPDATABLE | (nullable ? 1 : 0));
    type.write(out);
    if (type.code() == TdsType.TEXT || type.code() == TdsType.NTEXT) {
      // the name of the table, which nobody asks for, in one part
      out.number(1, 1).text(2, "t");
    }
    out.text(1, name);
  }
}
