package edu.cumc.aou.simulator.salesforce.org;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field as a query reaches it.
 *
 * @param parents the reference fields on the way to it, outermost first; empty for a field of the
 *     queried object itself
 */
public record FieldPath(List<Field> parents, Field field) {
  public static final int MAX_HOPS = 5;

  /** The value of the record, null also if a parent is missing. */
  public @Nullable Object value(OrgRecords database, Row row) {
    Optional<Row> holder = Optional.of(row);
    for (Field reference : parents) {
      holder = holder.flatMap(child -> parent(database, child, reference));
    }
    return holder.isPresent() ? holder.get().get(field) : null;
  }

  public static Optional<Row> parent(OrgRecords database, Row child, Field reference) {
    return Optional.ofNullable(child.get(reference)).flatMap(id -> database.row(id.toString()));
  }

  public boolean isOwn() {
    return parents.isEmpty();
  }
}
