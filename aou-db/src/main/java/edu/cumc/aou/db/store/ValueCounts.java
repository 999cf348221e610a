package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Query;

/** Counts mirrored records with a value in a field, without reading them. */
final class ValueCounts {

  private final StoreDatabase store;

  ValueCounts(StoreDatabase store) {
    this.store = store;
  }

  /** How many records that are not gone have a value in each of the fields. */
  Map<FieldName, Long> count(CrmObject object, Collection<FieldName> fields) {
    List<FieldName> asked = fields.stream().distinct().toList();
    if (asked.isEmpty()) {
      return Map.of();
    }
    String counts =
        IntStream.range(0, asked.size())
            .mapToObj(
                i ->
                    "COALESCE(SUM(CASE WHEN fields LIKE :field%1$d ESCAPE '!' THEN 1 ELSE 0 END), 0) AS count%1$d"
                        .formatted(i))
            .collect(Collectors.joining(", "));
    String table = object == CrmObject.CONTACT ? "contact_mirror" : "journey_mirror";
    return store.read(
        "counting the values in the mirror",
        handle -> {
          Query query =
              handle.createQuery(
                  store.sql("SELECT " + counts + " FROM $." + table + " WHERE is_deleted = 0"));
          for (int i = 0; i < asked.size(); i++) {
            query.bind("field" + i, member(asked.get(i)));
          }
          return query
              .map(
                  ForeignCells.rows(
                      table,
                      row -> {
                        Map<FieldName, Long> found = new HashMap<>();
                        for (int i = 0; i < asked.size(); i++) {
                          found.put(asked.get(i), row.getLong("count" + i));
                        }
                        return found;
                      }))
              .one();
        });
  }

  /**
   * The JSON is canonical and has no member for a blank field. Inside a value, a quote stands
   * behind a backslash.
   */
  private static String member(FieldName field) {
    return "%\"" + field.value().replace("_", "!_") + "\":%";
  }
}
