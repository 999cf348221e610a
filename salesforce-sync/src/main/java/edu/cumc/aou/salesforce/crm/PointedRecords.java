package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.SoqlCondition;
import edu.cumc.aou.sync.port.Crm.PointedRecord;
import java.util.List;
import java.util.Optional;

/** Looks up the records that others point at. */
final class PointedRecords {

  private PointedRecords() {}

  /** Empty for an id of a kind that it does not look up. */
  static Optional<PointedRecord> find(Salesforce salesforce, String from, String id) {
    return switch (id.substring(0, 3)) {
      case "001" -> find(salesforce, id, "Account", "IsDeleted");
      case "005" -> find(salesforce, id, "User", "IsActive");
      case "00G" -> find(salesforce, id, "Group", "");
      case "012" -> Optional.of(recordType(salesforce, from, id));
      default -> Optional.empty();
    };
  }

  /** Describe knows the record types of one object, and which of them the user's profile has. */
  private static PointedRecord recordType(Salesforce salesforce, String from, String id) {
    PointedRecord.State state =
        salesforce.describe(from).recordTypes().stream()
            // The three characters that follow are a checksum.
            .filter(type -> type.id().regionMatches(0, id, 0, 15))
            .findFirst()
            .map(
                type ->
                    !type.active()
                        ? PointedRecord.State.INACTIVE
                        : type.available()
                            ? PointedRecord.State.USABLE
                            : PointedRecord.State.NOT_ALLOWED)
            .orElse(PointedRecord.State.NOT_SEEN);
    return new PointedRecord("record type of " + from, state);
  }

  private static Optional<PointedRecord> find(
      Salesforce salesforce, String id, String object, String flag) {
    List<String> columns = flag.isEmpty() ? List.of("Id") : List.of("Id", flag);
    String soql = Soql.select(columns).from(object).where(SoqlCondition.eq("Id", id)).text();
    try (RecordCursor rows = salesforce.queryAll(soql)) {
      if (!rows.hasNext()) {
        return Optional.of(new PointedRecord(object, PointedRecord.State.NOT_SEEN));
      }
      SalesforceRecord row = rows.next();
      boolean usable = flag.isEmpty() || row.flag(flag) == flag.equals("IsActive");
      return Optional.of(
          new PointedRecord(
              object,
              usable
                  ? PointedRecord.State.USABLE
                  : flag.equals("IsActive")
                      ? PointedRecord.State.INACTIVE
                      : PointedRecord.State.DELETED));
    } catch (SalesforceException e) {
      if (e.kind() == Kind.CONFIGURATION || e.kind() == Kind.NOT_FOUND) {
        return Optional.of(
            new PointedRecord(
                object,
                e.errorCode().equals("INVALID_TYPE")
                    ? PointedRecord.State.UNKNOWN
                    : PointedRecord.State.NOT_SEEN));
      }
      throw e;
    }
  }
}
