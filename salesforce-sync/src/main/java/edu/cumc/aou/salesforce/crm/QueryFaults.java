package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.FieldDescription;
import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds the setting that is to blame when Salesforce does not understand a query. Salesforce names
 * neither fields nor conditions in a way that a program may repeat, but describe knows the fields.
 */
final class QueryFaults {

  private static final Set<String> CODES =
      Set.of(
          "INVALID_FIELD",
          "INVALID_TYPE",
          "MALFORMED_QUERY",
          "INVALID_QUERY_FILTER_OPERATOR",
          "INVALID_QUERY_SCOPE");

  /** Fields that every query reads, whatever is mapped. */
  private static final Set<String> OF_EVERY_QUERY =
      Set.of("Id", "SystemModstamp", "OwnerId", "IsDeleted", "MasterRecordId");

  /**
   * The settings of one sObject: {@code contact} or {@code journey}, and the setting of its key
   * field.
   */
  record Settings(String word, String keySetting) {}

  private QueryFaults() {}

  /** Makes a query; a failure that a setting causes names the setting. */
  static <T> T call(
      Settings settings,
      ReadObject object,
      Collection<String> columns,
      Supplier<ObjectDescription> describe,
      Supplier<T> query) {
    try {
      return query.get();
    } catch (SalesforceException e) {
      if (!CODES.contains(e.errorCode())) {
        throw CrmFaults.translated(e);
      }
      throw named(settings, object, columns, e.fields())
          .or(() -> blame(settings, object, columns, describe))
          .<SyncException>map(text -> new SyncException(FailureKind.CONFIG, text, e))
          .orElseGet(() -> CrmFaults.translated(e));
    }
  }

  /**
   * Names what Salesforce itself names: describe may not know yet that a permission was taken away.
   */
  private static Optional<String> named(
      Settings settings, ReadObject object, Collection<String> columns, List<String> fields) {
    Optional<String> key = fields.stream().filter(object.keyField()::equalsIgnoreCase).findFirst();
    if (key.isPresent()) {
      return Optional.empty();
    }
    return columns.stream()
        .filter(c -> fields.stream().anyMatch(c::equalsIgnoreCase))
        .findFirst()
        .map(
            c ->
                hidden(
                    settings.word() + (OF_EVERY_QUERY.contains(c) ? ".object" : ".fields." + c),
                    object,
                    c));
  }

  private static Optional<String> blame(
      Settings settings,
      ReadObject object,
      Collection<String> columns,
      Supplier<ObjectDescription> describe) {
    List<FieldDescription> fields;
    try {
      fields = describe.get().fields();
    } catch (SalesforceException e) {
      return Optional.of(
          settings.word()
              + ".object: the user may not see the sObject "
              + object.object()
              + "; grant the permission to read it, or correct the name");
    }
    Optional<FieldDescription> key = find(fields, object.keyField());
    if (key.isEmpty()) {
      return Optional.of(hidden(settings.keySetting(), object, object.keyField()));
    }
    if (!key.get().filterable()) {
      return Optional.of(
          settings.keySetting()
              + ": Salesforce cannot look for records by the field "
              + object.keyField()
              + ", because it is not filterable (encrypted, or a long text); name "
              + (key.get().referenceTo().isEmpty()
                  ? "a text field that is, marked as External ID and Unique"
                  : "a lookup that is"));
    }
    Optional<String> missing = columns.stream().filter(c -> find(fields, c).isEmpty()).findFirst();
    if (missing.isPresent()) {
      return Optional.of(
          hidden(settings.word() + ".fields." + missing.get(), object, missing.get()));
    }
    return object.where().isBlank()
        ? Optional.empty()
        : Optional.of(
            settings.word()
                + ".where: Salesforce does not take this condition, or the user may not see a field"
                + " that it names; try it as SELECT COUNT() FROM "
                + object.object()
                + " WHERE … in the Developer Console of the same user, and correct it");
  }

  private static Optional<FieldDescription> find(List<FieldDescription> fields, String name) {
    return fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).findFirst();
  }

  private static String hidden(String setting, ReadObject object, String field) {
    return setting
        + ": the sObject "
        + object.object()
        + " has no field "
        + field
        + ", or the user may no longer see it; correct the name or grant access";
  }
}
