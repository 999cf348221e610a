package edu.cumc.aou.salesforce.sync;

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

/** Looks up the records that constants of the mapping point at. */
final class PointedRecords {

  private PointedRecords() {}

  /** Empty for an id of a kind that is not looked up, or that this user cannot ask about. */
  static Optional<PointedRecord> find(Salesforce salesforce, String id) {
    return switch (id.substring(0, 3)) {
      case "001" -> find(salesforce, id, "Account", "IsDeleted");
      case "005" -> find(salesforce, id, "User", "IsActive");
      case "00G" -> find(salesforce, id, "Group", "");
      case "012" -> find(salesforce, id, "RecordType", "IsActive");
      default -> Optional.empty();
    };
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
        return e.errorCode().equals("INVALID_TYPE")
            ? Optional.empty()
            : Optional.of(new PointedRecord(object, PointedRecord.State.NOT_SEEN));
      }
      throw e;
    }
  }
}
