package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.SoqlCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks for the ids of records by a field that both sides know. */
final class ParentQuery {

  /** One page; if there are more, each is asked for by itself. */
  private static final int MOST = 2000;

  private ParentQuery() {}

  /** Empty if there is more than a page of them. */
  static Optional<Map<String, List<String>>> ids(
      Salesforce salesforce, String object, String field, @Nullable String value) {
    SoqlCondition condition =
        value == null ? SoqlCondition.ne(field, null) : SoqlCondition.eq(field, value);
    String soql = Soql.select("Id", field).from(object).where(condition).limit(MOST + 1).text();
    Map<String, List<String>> ids = new TreeMap<>();
    int rows = 0;
    try (RecordCursor records = salesforce.query(soql)) {
      while (records.hasNext()) {
        SalesforceRecord row = records.next();
        rows++;
        Optional<String> id = row.id();
        Optional<String> found = row.text(field);
        if (id.isPresent() && found.isPresent()) {
          ids.computeIfAbsent(found.get(), f -> new ArrayList<>()).add(id.get());
        }
      }
    }
    return rows > MOST ? Optional.empty() : Optional.of(ids);
  }
}
