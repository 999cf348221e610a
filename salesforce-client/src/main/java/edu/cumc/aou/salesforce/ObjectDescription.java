package edu.cumc.aou.salesforce;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What describe says about an object, for the logged-in user: fields that the user may not see are
 * missing.
 *
 * @param name the API name in Salesforce's own case
 * @param keyPrefix the first three characters of its ids; null if it has none
 * @param recordTypes those that the user can see, and Master
 */
public record ObjectDescription(
    String name,
    String label,
    @Nullable String keyPrefix,
    boolean createable,
    boolean updateable,
    boolean deletable,
    boolean queryable,
    List<FieldDescription> fields,
    List<RecordTypeDescription> recordTypes) {

  public ObjectDescription {
    fields = List.copyOf(fields);
    recordTypes = List.copyOf(recordTypes);
  }

  /** Finds a field by API name, in any case, as Salesforce does. */
  public Optional<FieldDescription> field(String apiName) {
    return fields.stream().filter(f -> f.name().equalsIgnoreCase(apiName)).findFirst();
  }
}
