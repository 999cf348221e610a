package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.Cells;
import java.time.ZoneId;

/**
 * How to read the source, for all fields.
 *
 * @param sourceZone the zone in which the source writes points in time
 * @param localZone the zone in which Salesforce shows days
 */
public record SourceReading(Cells cells, ZoneId sourceZone, ZoneId localZone) {

  SourceDates dates() {
    return new SourceDates(sourceZone, localZone);
  }

  /** The text that identifies it in the mapping's fingerprint. */
  String signature() {
    return String.join(",", cells.placeholders()) + "|" + sourceZone + "|" + localZone;
  }
}
