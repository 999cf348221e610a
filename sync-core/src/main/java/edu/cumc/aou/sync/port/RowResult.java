package edu.cumc.aou.sync.port;

/** The result of a row, by the row's key. */
public record RowResult(String key, WriteOutcome outcome) {

  @Override
  public String toString() {
    return "RowResult[" + outcome + "]";
  }
}
