package edu.cumc.aou.sync.model;

/** The number of a run in its store: 1, 2, 3 … Not personal data. */
public record RunId(long value) implements Comparable<RunId> {

  /** Throws {@link IllegalArgumentException} unless positive. */
  public RunId {
    if (value <= 0) {
      throw new IllegalArgumentException("a run number is positive");
    }
  }

  @Override
  public int compareTo(RunId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
