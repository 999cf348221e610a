package edu.cumc.aou.sync.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named counts of a run, e.g. {@code contact.unchanged}. Names are codes and field names, never
 * values. Immutable, ordered by name; an absent name counts 0.
 */
public final class Tallies {

  private static final Tallies NONE = new Tallies(new TreeMap<>());

  private final SortedMap<String, Long> counts;

  private Tallies(SortedMap<String, Long> counts) {
    this.counts = Collections.unmodifiableSortedMap(counts);
  }

  public static Tallies none() {
    return NONE;
  }

  /** Copies the map. */
  public static Tallies of(Map<String, Long> counts) {
    return new Tallies(new TreeMap<>(counts));
  }

  public long get(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** The sum of all counts with this prefix. */
  public long sum(String prefix) {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** These counts and the others; where both have a name, the other's count wins. */
  public Tallies with(Tallies other) {
    SortedMap<String, Long> merged = new TreeMap<>(counts);
    merged.putAll(other.counts);
    return new Tallies(merged);
  }

  /** These counts and the others; where both have a name, their sum. */
  public Tallies plus(Tallies other) {
    SortedMap<String, Long> sums = new TreeMap<>(counts);
    other.counts.forEach((name, count) -> sums.merge(name, count, Long::sum));
    return new Tallies(sums);
  }

  /** An unmodifiable view. */
  public SortedMap<String, Long> asMap() {
    return counts;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Tallies other && counts.equals(other.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
