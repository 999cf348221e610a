package edu.cumc.aou.sync.port;

/** A row, by its key, and what became of it. */
public record RowResult(String key, WriteOutcome outcome) {

  /** Without the key. */
  @Override
  public String toString() {
    return "RowResult[" + outcome + "]";
  }
}
