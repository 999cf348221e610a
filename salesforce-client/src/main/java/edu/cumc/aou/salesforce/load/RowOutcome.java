package edu.cumc.aou.salesforce.load;

/** The result of a row, by the row's key. */
public record RowOutcome(String key, LoadOutcome outcome) {

  @Override
  public String toString() {
    return "RowOutcome[" + outcome + "]";
  }
}
