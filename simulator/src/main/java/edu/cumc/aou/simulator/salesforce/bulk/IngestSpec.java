package edu.cumc.aou.simulator.salesforce.bulk;

import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Upsert;
import java.util.Locale;
import java.util.Optional;

/**
 * What an ingest job does.
 *
 * @param upsert how to find records, only for that operation
 * @param assignmentRuleId from the request; the org has no rules, so it has no effect
 */
record IngestSpec(
    ObjectType type,
    Operation operation,
    Optional<Upsert> upsert,
    Optional<String> assignmentRuleId) {
  /** The operations that the integration user may do. */
  enum Operation {
    INSERT,
    UPDATE,
    UPSERT,
    DELETE;

    /** Whether its rows name existing records by id. */
    boolean namesRecords() {
      return this == UPDATE || this == DELETE;
    }

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
