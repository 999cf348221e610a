package edu.cumc.aou.salesforce.internal.bulk;

import edu.cumc.aou.salesforce.FieldDescription;
import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes the columns of a job in describe's case: Salesforce may accept another case and then leave
 * the column out of the results. Refuses a column that describe does not know, because it would
 * fail the whole job.
 */
final class BulkColumns {

  private final Function<String, ObjectDescription> describe;

  BulkColumns(Function<String, ObjectDescription> describe) {
    this.describe = describe;
  }

  /** The job as it is sent. */
  BulkIngest resolved(BulkIngest ingest) {
    ObjectDescription object = describe.apply(ingest.object());
    List<String> columns = ingest.columns().stream().map(c -> column(object, ingest, c)).toList();
    String key = ingest.externalIdField();
    return new BulkIngest(
        object.name(),
        ingest.operation(),
        key == null ? null : columns.get(place(ingest.columns(), key)),
        columns);
  }

  private static int place(List<String> columns, String name) {
    int i = 0;
    while (!columns.get(i).equalsIgnoreCase(name)) {
      i++;
    }
    return i;
  }

  private String column(ObjectDescription object, BulkIngest ingest, String column) {
    int dot = column.indexOf('.');
    if (dot >= 0) {
      return parent(object, column, column.substring(0, dot), column.substring(dot + 1));
    }
    FieldDescription field = object.field(column).orElseThrow(() -> unknown(object, column));
    boolean isKey =
        field.name().equals("Id") || field.name().equalsIgnoreCase(ingest.externalIdField());
    if (!isKey && !isWritable(field, ingest.operation())) {
      throw refused(
          "Salesforce does not let the user write the field "
              + field.name()
              + " of "
              + object.name()
              + "; leave it out or give the integration user the permission",
          field.name());
    }
    return field.name();
  }

  private static boolean isWritable(FieldDescription field, BulkOperation operation) {
    return switch (operation) {
      case INSERT -> field.createable();
      case UPDATE -> field.updateable();
      default -> field.createable() || field.updateable();
    };
  }

  private String parent(ObjectDescription object, String column, String relationship, String key) {
    Optional<FieldDescription> lookup =
        object.fields().stream()
            .filter(f -> relationship.equalsIgnoreCase(f.relationshipName()))
            .findFirst();
    if (lookup.isEmpty() || lookup.get().referenceTo().size() != 1) {
      throw unknown(object, column);
    }
    String name = String.valueOf(lookup.get().relationshipName());
    FieldDescription field =
        describe
            .apply(lookup.get().referenceTo().get(0))
            .field(key)
            .filter(f -> f.externalId() || f.idLookup())
            .orElseThrow(() -> unknown(object, column));
    return name + "." + field.name();
  }

  private static SalesforceException unknown(ObjectDescription object, String column) {
    return refused(
        "Salesforce knows no field "
            + column
            + " of "
            + object.name()
            + " to write by, or the user may not see it; compare the columns with describe",
        column);
  }

  private static SalesforceException refused(String message, String column) {
    return new SalesforceException(
        Kind.CONFIGURATION,
        message,
        new Details(0, "INVALID_FIELD", List.of(column), null, null, false));
  }
}
