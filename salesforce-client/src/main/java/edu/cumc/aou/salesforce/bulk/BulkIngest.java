package edu.cumc.aou.salesforce.bulk;

import edu.cumc.aou.salesforce.Soql;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a job that writes. Results come back in no order and without numbers, so one
 * column must identify the records.
 *
 * @param object the API name
 * @param externalIdField for UPSERT the external id to find records by, one of the columns;
 *     otherwise null
 * @param columns API names, in any case; a parent named by its external id is {@code
 *     Account.Site_Key__c}. All columns that any row has: a row without one leaves that field alone
 */
public record BulkIngest(
    String object,
    BulkOperation operation,
    @Nullable String externalIdField,
    List<String> columns) {

  /**
   * Checks that the parts fit together.
   *
   * @throws IllegalArgumentException if they do not; the message names the part
   */
  public BulkIngest {
    Soql.name(object);
    columns = List.copyOf(columns);
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String column : columns) {
      if (!names.add(Soql.name(column))) {
        throw new IllegalArgumentException("column " + column + " is there twice");
      }
    }
    switch (operation) {
      case INSERT -> require(!names.contains("Id"), "an INSERT cannot have the column Id");
      case UPDATE ->
          require(
              names.contains("Id") && names.size() > 1,
              "an UPDATE needs the column Id and at least one more");
      case UPSERT ->
          require(
              externalIdField != null && names.contains(externalIdField),
              "an UPSERT needs an external id field that is one of the columns");
      case DELETE, HARD_DELETE ->
          require(
              names.size() == 1 && names.contains("Id"),
              "a deletion has the column Id and no other");
      case QUERY, QUERY_ALL -> throw new IllegalArgumentException("a query is not an ingest job");
    }
    require(!columns.isEmpty(), "a job needs at least one column");
    require(
        operation == BulkOperation.UPSERT || externalIdField == null,
        "only an UPSERT has an external id field; "
            + operation.name().toLowerCase(Locale.ROOT)
            + " has none");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
