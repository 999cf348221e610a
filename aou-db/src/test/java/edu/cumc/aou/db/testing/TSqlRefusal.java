package edu.cumc.aou.db.testing;

/** What SQL Server refuses, with its number. */
final class TSqlRefusal extends RuntimeException {

  static final int SYNTAX = 102;
  static final int KEYWORD = 156;
  static final int MISSING_TABLE = 208;
  static final int MISSING_COLUMN = 207;

  private static final long serialVersionUID = 1L;

  private final int number;

  TSqlRefusal(int number, String text) {
    super(text);
    this.number = number;
  }

  int number() {
    return number;
  }
}
