package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A record type of an object.
 *
 * @param object the object, e.g. {@code Contact}
 * @param name its developer name
 * @param active whether it is in use
 * @param available whether the integration user's profile may give it to records
 */
public record AddedRecordType(String object, String name, boolean active, boolean available) {

  static final String FIELD = "RecordTypeId";

  /** The id of the record type that was added in this place, from 1 on. */
  public static String id(int number) {
    return Ids.of("012", number);
  }

  /** In the form of the org's seed. */
  ObjectNode seed() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Name", name)
        .put("DeveloperName", name)
        .put("SobjectType", object)
        .put("IsActive", active);
  }
}
