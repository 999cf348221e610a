package edu.cumc.aou.salesforce.load;

/** A row, by its key, and what became of it. */
public record RowOutcome(String key, LoadOutcome outcome) {

  /** Without the key. */
  @Override
  public String toString() {
    return "RowOutcome[" + outcome + "]";
  }
}
