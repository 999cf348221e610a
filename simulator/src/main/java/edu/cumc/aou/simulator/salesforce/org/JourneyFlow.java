package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The org's automation: each new Contact gets one Opportunity, its journey, some time after it was
 * created. Not thread-safe: the org's lock guards it.
 */
final class JourneyFlow {
  private static final Duration TIME_TO_CLOSE = Duration.ofDays(365);

  private final OrgRecords database;
  private final RecordWriter writer;
  private final Duration delay;
  private final JourneyFaults faults;
  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>(Comparator.comparing(Pending::due).thenComparing(Pending::contactId));

  /** A future journey. */
  record Pending(Instant due, String contactId) {
    ObjectNode toJson() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("due", due.toString())
          .put("contact", contactId);
    }
  }

  JourneyFlow(OrgRecords database, RecordWriter writer, Duration delay, JourneyFaults faults) {
    this.database = database;
    this.writer = writer;
    this.delay = delay;
    this.faults = faults;
  }

  /** Decides what the new Contact gets, and when. */
  List<Pending> schedule(Row contact) {
    long number = Ids.number(contact.id()).orElse(0L);
    SplittableRandom draw = new SplittableRandom(faults.seed() * 1_000_003 + number);
    boolean missing = draw.nextDouble() < faults.missing();
    boolean doubled = draw.nextDouble() < faults.doubled();
    boolean late = draw.nextDouble() < faults.late();
    List<Pending> scheduled = new ArrayList<>();
    if (!missing) {
      Instant due =
          contact.systemModstamp().plus(delay).plus(late ? faults.lateBy() : Duration.ZERO);
      scheduled.add(new Pending(due, contact.id()));
      if (doubled) {
        scheduled.add(new Pending(due, contact.id()));
      }
    }
    pending.addAll(scheduled);
    return scheduled;
  }

  void restore(Pending one) {
    pending.add(one);
  }

  List<Pending> pending() {
    return List.copyOf(pending);
  }

  /** Removes one journey that was already created before a restart. */
  void forget(Pending one) {
    pending.remove(one);
  }

  /**
   * Creates the journeys that are due, stamped with their due time.
   *
   * @return those that are no longer pending
   */
  List<Pending> runDue(Instant now, String userId) {
    List<Pending> done = new ArrayList<>();
    while (true) {
      Pending next = pending.peek();
      if (next == null || next.due().isAfter(now)) {
        return done;
      }
      pending.remove();
      done.add(next);
      Optional<Row> contact = database.row(next.contactId()).filter(row -> !row.isDeleted());
      contact.ifPresent(row -> writer.insertAt(journeyOf(row, next.due()), userId, next.due()));
    }
  }

  private Draft journeyOf(Row contact, Instant at) {
    ObjectType journey = database.schema().known(Schema.OPPORTUNITY);
    Map<Field, @Nullable Object> values = new LinkedHashMap<>();
    String name = contact.get("Name") + " Journey";
    Field nameField = journey.known("Name");
    values.put(nameField, name.substring(0, Math.min(name.length(), nameField.length())));
    values.put(journey.known("StageName"), "Prospecting");
    values.put(
        journey.known("CloseDate"), at.plus(TIME_TO_CLOSE).atOffset(ZoneOffset.UTC).toLocalDate());
    values.put(journey.known("AccountId"), contact.get("AccountId"));
    values.put(journey.known("Contact__c"), contact.id());
    values.put(journey.known(Schema.PMI_FIELD), contact.get(Schema.PMI_FIELD));
    return new Draft(journey, Optional.empty(), values, List.of());
  }
}
