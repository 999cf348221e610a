package edu.cumc.aou.sync.mapping;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The value tables, each read once, when its first value is needed. Thread-safe. */
public final class ValueTables {

  private final Function<Step.ValueTable, Map<String, String>> reader;
  private final Map<Step.ValueTable, Map<String, String>> read = new ConcurrentHashMap<>();

  /** {@code reader}: asks the source database. */
  public ValueTables(Function<Step.ValueTable, Map<String, String>> reader) {
    this.reader = reader;
  }

  /** For a source without value tables: all are empty. */
  static ValueTables none() {
    return new ValueTables(table -> Map.of());
  }

  /** What the table says, found in any case. */
  Map<String, String> of(Step.ValueTable table) {
    return read.computeIfAbsent(table, t -> Step.byAnyCase(reader.apply(t)));
  }
}
