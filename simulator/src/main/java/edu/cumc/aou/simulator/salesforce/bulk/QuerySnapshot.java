package edu.cumc.aou.simulator.salesforce.bulk;

import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldPath;
import edu.cumc.aou.simulator.salesforce.org.OrgRecords;
import edu.cumc.aou.simulator.salesforce.org.Row;
import edu.cumc.aou.simulator.salesforce.org.Values;
import edu.cumc.aou.simulator.salesforce.soql.QueryEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of a query, with the parents that its columns reach, all as they were then. Immutable,
 * so it can be written while records change.
 */
final class QuerySnapshot {
  private final List<String> names;
  private final List<FieldPath> columns;

  /** For each column, the index of the list that holds its record. */
  private final List<List<? extends @Nullable Row>> holders;

  private final int size;

  private QuerySnapshot(
      List<String> names,
      List<FieldPath> columns,
      List<List<? extends @Nullable Row>> holders,
      int size) {
    this.names = names;
    this.columns = columns;
    this.holders = holders;
    this.size = size;
  }

  /** Captures the present result, with its columns as the query names them. */
  static QuerySnapshot of(OrgRecords database, QueryEngine.Result result) {
    Map<List<Field>, List<@Nullable Row>> byPath = new HashMap<>();
    List<List<? extends @Nullable Row>> holders = new ArrayList<>();
    for (FieldPath column : result.columns()) {
      if (column.isOwn()) {
        holders.add(result.rows());
      } else {
        holders.add(
            byPath.computeIfAbsent(
                column.parents(), path -> parents(database, result.rows(), path)));
      }
    }
    return new QuerySnapshot(
        result.names(), List.copyOf(result.columns()), holders, result.rows().size());
  }

  private static List<@Nullable Row> parents(
      OrgRecords database, List<Row> rows, List<Field> path) {
    List<@Nullable Row> parents = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Optional<Row> holder = Optional.of(row);
      for (Field reference : path) {
        holder = holder.flatMap(child -> FieldPath.parent(database, child, reference));
      }
      parents.add(holder.orElse(null));
    }
    return parents;
  }

  int size() {
    return size;
  }

  /** The rows of one page as CSV, the header first. */
  Answer.Content page(CsvDialect dialect, int start, int end) {
    return out -> {
      out.write(dialect.line(names));
      List<String> cells = new ArrayList<>(columns.size());
      for (int i = start; i < end; i++) {
        cells.clear();
        for (int column = 0; column < columns.size(); column++) {
          Row holder = holders.get(column).get(i);
          cells.add(Values.toCsv(holder == null ? null : holder.get(columns.get(column).field())));
        }
        out.write(dialect.line(cells));
      }
    };
  }
}
