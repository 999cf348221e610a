package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.RawRequest;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.SoqlCondition;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.SalesforceIds;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.ContactTrace;
import edu.cumc.aou.sync.port.ContactTrace.JourneyTrace;
import edu.cumc.aou.sync.port.ContactTrace.State;
import edu.cumc.aou.sync.port.ContactTrace.Touches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the histories of Contacts since they were created. */
final class Traces {

  private static final String CREATED_BY = "CreatedById";
  private static final String CREATED = "CreatedDate";
  private static final String CHANGED_BY = "LastModifiedById";
  private static final String DELETED = "IsDeleted";
  private static final String MASTER = "MasterRecordId";

  /** Objects that Salesforce itself keeps beside each record. */
  private static final Pattern OF_SALESFORCE =
      Pattern.compile(
          "(.*(History|Feed|Share|ChangeEvent|__hd))|AccountContactRelation|DuplicateRecordItem"
              + "|FlowRecordRelation|FlowExecutionErrorEvent|EntitySubscription|NetworkActivityAudit"
              + "|ActivityHistory|OpenActivity|RecordAction|TopicAssignment");

  private final Salesforce salesforce;
  private final ReadObject contacts;
  private final ReadObject journeys;

  Traces(Salesforce salesforce, ReadObject contacts, ReadObject journeys) {
    this.salesforce = salesforce;
    this.contacts = contacts;
    this.journeys = journeys;
  }

  /** What describe says about the objects that point at this one. */
  private record Described(List<Relationship> childRelationships) {}

  private record Relationship(String childSObject, String field, boolean deprecatedAndHidden) {}

  /** One object and its field that points at Contacts. */
  private record Child(String object, String field) {}

  List<ContactTrace> of(List<ContactId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    String us =
        salesforce
            .userId()
            .map(SalesforceIds::canonical)
            .orElseThrow(
                () ->
                    new SyncException(
                        FailureKind.CONFIG,
                        "Salesforce does not tell which user logs in, so it is unknown which"
                            + " Contacts others have touched; nothing was deleted"));
    List<String> texts = ids.stream().map(ContactId::value).toList();
    Map<String, List<JourneyTrace>> theirJourneys = new HashMap<>();
    Set<String> journeyIds = new HashSet<>();
    for (SalesforceRecord record :
        read(
            Soql.select(
                    ReadObject.ID,
                    journeys.keyField(),
                    CREATED_BY,
                    CREATED,
                    CHANGED_BY,
                    ReadObject.MODSTAMP)
                .from(journeys.object())
                .where(SoqlCondition.in(journeys.keyField(), texts)),
            false)) {
      String id = id(record, ReadObject.ID);
      journeyIds.add(id);
      theirJourneys
          .computeIfAbsent(id(record, journeys.keyField()), contact -> new ArrayList<>())
          .add(new JourneyTrace(new JourneyId(id), touches(record, us)));
    }
    Map<String, Set<String>> others = others(texts, journeyIds);
    List<ContactTrace> traces = new ArrayList<>();
    for (SalesforceRecord record :
        read(
            Soql.select(
                    ReadObject.ID,
                    DELETED,
                    MASTER,
                    CREATED_BY,
                    CREATED,
                    CHANGED_BY,
                    ReadObject.MODSTAMP)
                .from(contacts.object())
                .where(SoqlCondition.in(ReadObject.ID, texts)),
            true)) {
      String id = id(record, ReadObject.ID);
      traces.add(
          new ContactTrace(
              new ContactId(id),
              !record.flag(DELETED)
                  ? State.THERE
                  : record.text(MASTER).isPresent() ? State.MERGED : State.BINNED,
              touches(record, us),
              theirJourneys.getOrDefault(id, List.of()),
              List.copyOf(others.getOrDefault(id, Set.of()))));
    }
    return traces;
  }

  private static Touches touches(SalesforceRecord record, String us) {
    return new Touches(
        us.equals(id(record, CREATED_BY)),
        record.instant(CREATED).orElse(Instant.EPOCH),
        us.equals(id(record, CHANGED_BY)),
        record.instant(ReadObject.MODSTAMP).orElse(Instant.MAX));
  }

  private static String id(SalesforceRecord record, String field) {
    return record.text(field).map(SalesforceIds::canonical).orElse("");
  }

  private List<SalesforceRecord> read(Soql query, boolean withDeleted) {
    List<SalesforceRecord> records = new ArrayList<>();
    try (RecordCursor cursor =
        withDeleted ? salesforce.queryAll(query.text()) : salesforce.query(query.text())) {
      cursor.forEachRemaining(records::add);
    }
    return records;
  }

  /** The objects of all other records that point at these Contacts, by Contact. */
  private Map<String, Set<String>> others(List<String> ids, Set<String> journeyIds) {
    List<Child> children = children();
    Map<String, Set<String>> found = new HashMap<>();
    for (int from = 0; from < children.size(); from += Salesforce.MAX_COUNTS) {
      List<Child> some =
          children.subList(from, Math.min(from + Salesforce.MAX_COUNTS, children.size()));
      List<Long> counts = counts(some, ids);
      for (int i = 0; i < some.size(); i++) {
        if (counts.get(i) > 0) {
          Child child = some.get(i);
          for (SalesforceRecord record :
              read(
                  Soql.select(ReadObject.ID, child.field())
                      .from(child.object())
                      .where(SoqlCondition.in(child.field(), ids)),
                  false)) {
            if (!journeyIds.contains(id(record, ReadObject.ID))) {
              found
                  .computeIfAbsent(id(record, child.field()), contact -> new TreeSet<>())
                  .add(child.object());
            }
          }
        }
      }
    }
    return found;
  }

  private List<Long> counts(List<Child> children, List<String> ids) {
    List<String> queries =
        children.stream()
            .map(
                child ->
                    Soql.count()
                        .from(child.object())
                        .where(SoqlCondition.in(child.field(), ids))
                        .text())
            .toList();
    try {
      return salesforce.counts(queries);
    } catch (SalesforceException e) {
      if (!isOfOneQuery(e)) {
        throw e;
      }
    }
    List<Long> counts = new ArrayList<>();
    for (String query : queries) {
      counts.add(count(query));
    }
    return counts;
  }

  /** Some objects cannot be queried: nobody can see their records, so nobody has made any. */
  private long count(String query) {
    try {
      return salesforce.count(query);
    } catch (SalesforceException e) {
      if (isOfOneQuery(e)) {
        return 0;
      }
      throw e;
    }
  }

  private static boolean isOfOneQuery(SalesforceException e) {
    return e.kind() == Kind.REJECTED
        || e.kind() == Kind.NOT_FOUND
        || e.kind() == Kind.CONFIGURATION;
  }

  private List<Child> children() {
    Described described =
        salesforce
            .send(RawRequest.get("sobjects/" + contacts.object() + "/describe"))
            .as(Described.class);
    List<Child> children = new ArrayList<>();
    for (Relationship one : described.childRelationships()) {
      boolean isJourney =
          one.childSObject().equalsIgnoreCase(journeys.object())
              && one.field().equalsIgnoreCase(journeys.keyField());
      if (!one.deprecatedAndHidden()
          && !isJourney
          && !OF_SALESFORCE.matcher(one.childSObject()).matches()) {
        children.add(new Child(one.childSObject(), one.field()));
      }
    }
    return children;
  }
}
