package edu.cumc.aou.salesforce.crm;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.salesforce.Clients;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.TestOrg;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The simulated org behind the real client, as the contract's tests see it. */
final class SimulatedOrg implements TestOrg, AutoCloseable {

  private static final String PMI_FIELD = "HP_PMI_ID__c";
  private static final Duration JOURNEY_DELAY = Duration.ofSeconds(20);
  private static final String ANY_WRITE = ".*/composite/sobjects.*";
  private static final String LOCKED =
      "[{\"success\":false,\"errors\":[{\"statusCode\":\"UNABLE_TO_LOCK_ROW\",\"message\":\"unable to obtain exclusive"
          + " access to this record\",\"fields\":[]}]}]";

  private final VirtualTime time = new VirtualTime();
  private UnaryOperator<String> pmiIds = UnaryOperator.identity();
  private final SalesforceSimulator simulator;
  private final Salesforce salesforce;
  private final Crm crm;

  SimulatedOrg(boolean uniquePmiField) {
    simulator =
        SalesforceSimulator.builder()
            .clock(time)
            .pmiFieldUnique(uniquePmiField)
            .journeyDelay(JOURNEY_DELAY)
            .automation(this::changePmiId)
            .start();
    salesforce = Clients.of(simulator, time);
    ConfigProblems problems = new ConfigProblems();
    SyncSettings settings =
        SyncSettings.read(
            ConfigSection.root(
                ConfigFactory.parseString("contact.account-id = " + simulator.accountId())
                    .withFallback(SyncSettings.defaults())
                    .resolve(),
                problems));
    problems.throwIfAny();
    crm = SalesforceCrm.create(salesforce, settings);
  }

  @Override
  public Crm crm() {
    return crm;
  }

  @Override
  public ContactId createContact(@Nullable String pmiText, FieldValues values) {
    Map<String, @Nullable Object> fields = fields(values);
    fields.put(PMI_FIELD, pmiText);
    return new ContactId(simulator.create("Contact", fields));
  }

  @Override
  public void editContact(ContactId id, FieldValues values) {
    simulator.edit(id.value(), fields(values));
  }

  @Override
  public void deleteContact(ContactId id) {
    simulator.delete(id.value());
  }

  @Override
  public void mergeContacts(ContactId survivor, ContactId loser) {
    simulator.merge(survivor.value(), loser.value());
  }

  @Override
  public JourneyId createJourney(ContactId contact) {
    return new JourneyId(
        simulator.create(
            "Opportunity",
            Map.of(
                "Contact__c", contact.value(),
                "Name", "Journey",
                "StageName", "Prospecting",
                "CloseDate", "2027-01-01")));
  }

  @Override
  public void editJourney(JourneyId id, FieldValues values) {
    simulator.edit(id.value(), fields(values));
  }

  @Override
  public void deleteJourney(JourneyId id) {
    simulator.delete(id.value());
  }

  private static Map<String, @Nullable Object> fields(FieldValues values) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    values.asMap().forEach((f, v) -> fields.put(f.value(), v.isBlank() ? null : v.text()));
    return fields;
  }

  @Override
  public void passTime(Duration duration) {
    time.pass(duration);
  }

  @Override
  public void letJourneysAppear() {
    time.pass(JOURNEY_DELAY.plusSeconds(1));
  }

  @Override
  public void lockOnce(ContactId id) {
    simulator.faults().on("PATCH", ANY_WRITE, 1, Fault.answer(200, Map.of(), LOCKED));
  }

  @Override
  public void loseNextAnswer(boolean applied) {
    Fault fault = applied ? Fault.resetAfterApply() : Fault.resetBeforeApply();
    // creates are POSTs, upserts and updates PATCHes; a test makes the one or the other
    simulator.faults().on("POST", ANY_WRITE, 1, fault);
    simulator.faults().on("PATCH", ANY_WRITE, 1, fault);
  }

  @Override
  public void changePmiIds(UnaryOperator<String> automation) {
    pmiIds = automation;
  }

  private void changePmiId(SavedRecord record) {
    String text = record.get(PMI_FIELD).map(Object::toString).orElse("");
    String made = pmiIds.apply(text);
    if (record.object().equals("Contact") && !made.equals(text)) {
      record.set(PMI_FIELD, made);
    }
  }

  @Override
  public Map<String, String> storedContact(ContactId id) {
    Map<String, String> stored = new TreeMap<>();
    simulator
        .records("Contact")
        .filter(r -> id.value().equals(r.get("Id")))
        .forEach(
            r ->
                r.forEach(
                    (field, value) -> {
                      if (value instanceof String || value instanceof LocalDate) {
                        stored.put(field, value.toString());
                      }
                    }));
    return stored;
  }

  @Override
  public long contactsWith(PmiId pmiId) {
    return simulator.records("Contact").filter(r -> pmiId.value().equals(r.get(PMI_FIELD))).count();
  }

  @Override
  public void close() {
    salesforce.close();
    simulator.close();
  }
}
