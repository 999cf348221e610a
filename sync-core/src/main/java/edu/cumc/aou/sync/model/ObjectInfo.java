package edu.cumc.aou.sync.model;

import java.util.List;
import java.util.Optional;

/**
 * What describe says of one sObject.
 *
 * @param name the API name in describe's case
 * @param createable whether the logged-in user may create records
 * @param updateable whether the logged-in user may change records
 */
public record ObjectInfo(
    String name, boolean createable, boolean updateable, List<FieldInfo> fields) {

  public ObjectInfo {
    fields = List.copyOf(fields);
  }

  /** Finds a field by its API name, in any case, as Salesforce does. */
  public Optional<FieldInfo> field(String apiName) {
    return fields.stream().filter(f -> f.name().value().equalsIgnoreCase(apiName)).findFirst();
  }
}
