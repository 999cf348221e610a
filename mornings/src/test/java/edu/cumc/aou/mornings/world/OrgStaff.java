package edu.cumc.aou.mornings.world;

import edu.cumc.aou.mornings.judge.FieldTable;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What people do in a simulated org; what it refuses is an {@link IllegalArgumentException}. */
final class OrgStaff {

  private final SalesforceSimulator simulator;

  OrgStaff(SalesforceSimulator simulator) {
    this.simulator = simulator;
  }

  String createContact(@Nullable String pmiText, Map<String, String> fields) {
    Map<String, Object> all = new HashMap<>(fields);
    if (pmiText != null) {
      all.put("HP_PMI_ID__c", pmiText);
    }
    return create(() -> simulator.create("Contact", all));
  }

  String createJourney(String contactId) {
    return create(() -> simulator.create("Opportunity", OrgFlow.journey(contactId)));
  }

  void edit(String id, Map<String, String> fields) {
    Map<String, @Nullable Object> values = new HashMap<>();
    fields.forEach((f, v) -> values.put(f, v.isEmpty() ? null : value(f, v)));
    doIt(() -> simulator.edit(id, values));
  }

  private static Object value(String field, String text) {
    boolean number =
        FieldTable.all().stream()
            .anyMatch(f -> f.name().equals(field) && f.holds().equals("number"));
    return number ? (Object) Double.valueOf(text) : text;
  }

  void changeOwner(String id) {
    doIt(() -> simulator.edit(id, Map.of("OwnerId", simulator.staffUserId())));
  }

  void changeAccount(String id) {
    String other = create(() -> simulator.create("Account", Map.of("Name", "Another")));
    doIt(() -> simulator.edit(id, Map.of("AccountId", other)));
  }

  void doIt(Runnable deed) {
    create(
        () -> {
          deed.run();
          return "";
        });
  }

  private static String create(Supplier<String> deed) {
    try {
      return deed.get();
    } catch (SalesforceSimulatorException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
