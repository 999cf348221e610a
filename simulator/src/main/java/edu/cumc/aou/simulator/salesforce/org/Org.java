package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The org behind the API: its records, its automation, and its state on disk. Thread-safe:
 * everything runs inside {@link #call}, one call at a time.
 */
public final class Org implements AutoCloseable {
  private static final String ROW = "row";
  private static final String OBJECT = "object";
  private static final String ERASED = "erased";
  private static final String SCHEDULED = "scheduled";
  private static final String CREATED = "created";

  private final ReentrantLock lock = new ReentrantLock();
  private final String organizationId;
  private final ZoneId timeZone;
  private final Clock clock;
  private final Schema schema;
  private final OrgRecords database;
  private final DuplicateCheck duplicates;
  private final AutomationRun automation;
  private final RecordWriter writer;
  private final JourneyFlow flow;
  private final ParentLocks locks = new ParentLocks();
  private final Setup setup = new Setup();
  private final Optional<Journal> journal;
  private final OrgSettings settings;
  private final FieldRules rules;
  private Optional<OwnSchema> own;
  private boolean statePicklists;
  private Optional<Scheduled> scheduled = Optional.empty();

  private Org(
      OrgSettings settings,
      Schema schema,
      Optional<StatePicklists> states,
      WriteCheck check,
      Optional<Journal> journal) {
    this.settings = settings;
    this.own = settings.own();
    this.statePicklists = settings.statePicklists();
    this.organizationId = settings.organizationId();
    this.timeZone = settings.userTimeZone();
    this.clock = settings.clock();
    this.schema = schema;
    this.database = new OrgRecords(schema);
    this.duplicates = new DuplicateCheck(database, settings.duplicateRule());
    this.automation = new AutomationRun(settings.automation(), schema);
    this.rules = new FieldRules(database, states);
    this.writer = new RecordWriter(database, rules, clock, locks, check, duplicates, automation);
    this.flow =
        new JourneyFlow(database, writer, settings.journeyDelay(), settings.journeyFaults());
    this.journal = journal;
  }

  /** Opens the org from its state folder, or a new one. */
  public static Org open(OrgSettings settings, WriteCheck check) {
    Optional<Journal> journal = settings.stateDirectory().map(Journal::open);
    try {
      Optional<StatePicklists> states = states(settings.statePicklists());
      Schema schema = Schema.load(settings.pmiKey(), settings.additions(), settings.own(), states);
      Org org = new Org(settings, schema, states, check, journal);
      org.start(settings);
      return org;
    } catch (RuntimeException e) {
      journal.ifPresent(Journal::close);
      throw e;
    }
  }

  private void start(OrgSettings settings) {
    OrgSeed.lines(settings.organizationId(), settings.sandbox(), settings.userTimeZone())
        .forEach(this::replay);
    settings.additions().lines().forEach(this::replay);
    journal.ifPresent(saved -> saved.replay(this::replay));
    if (database.table(schema.known(Schema.ORGANIZATION)).rows().size() > 1) {
      throw new SalesforceSimulatorException(
          "The state folder belongs to an org with another organization id; choose another folder");
    }
    database.commit();
    journal.ifPresent(saved -> saved.rewrite(state()));
  }

  /** Lets work go on by itself whenever the org is called. */
  public void schedule(Scheduled work) {
    scheduled = Optional.of(work);
  }

  private Stream<ObjectNode> state() {
    Stream<ObjectNode> rows =
        schema.types().stream()
            .flatMap(type -> database.table(type).rows().stream())
            .map(row -> rowLine(row.type().name(), row.toJson()));
    Stream<ObjectNode> journeys =
        flow.pending().stream().map(pending -> flowLine(SCHEDULED, pending));
    return Stream.concat(rows, journeys);
  }

  static ObjectNode rowLine(String object, ObjectNode fields) {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put(OBJECT, object);
    line.set(ROW, fields);
    return line;
  }

  private static ObjectNode flowLine(String what, JourneyFlow.Pending pending) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.set(what, pending.toJson());
    return line;
  }

  private void replay(JsonNode line) {
    if (line.has(ROW)) {
      String object = line.path(OBJECT).asText();
      ObjectType type = schema.type(object).orElseThrow(() -> otherSchema("the object " + object));
      Map<Field, @Nullable Object> values = new LinkedHashMap<>();
      line.path(ROW)
          .properties()
          .forEach(
              property -> {
                Field field =
                    type.field(property.getKey())
                        .orElseThrow(
                            () -> otherSchema("the field " + object + "." + property.getKey()));
                try {
                  values.put(field, Values.read(field, property.getValue()));
                } catch (ApiException e) {
                  throw otherSchema(
                      "values of another type in the field " + object + "." + field.name());
                }
              });
      database.put(Row.of(type, values));
    } else if (line.has(ERASED)) {
      database.row(line.path(ERASED).asText()).ifPresent(database::remove);
    } else if (line.has(SCHEDULED)) {
      flow.restore(pending(line.path(SCHEDULED)));
    } else if (line.has(CREATED)) {
      flow.forget(pending(line.path(CREATED)));
    }
  }

  /** A folder of saved records may have been made with another schema file. */
  private static SalesforceSimulatorException otherSchema(String what) {
    return new SalesforceSimulatorException(
        "The state folder has records with "
            + what
            + ", and this org does not; start it with the schema that the folder was made"
            + " with, or choose another folder");
  }

  private static JourneyFlow.Pending pending(JsonNode json) {
    return new JourneyFlow.Pending(
        Instant.parse(json.path("due").asText()), json.path("contact").asText());
  }

  /**
   * Does some work on the org, after the automation that is due. Commits what the work wrote when
   * it returns, and takes it back when it throws.
   */
  public <T> T call(Supplier<T> work) {
    lock.lock();
    try {
      catchUp(clock.instant());
      T result = work.get();
      commit(List.of());
      return result;
    } finally {
      database.rollback(0);
      lock.unlock();
    }
  }

  /** Does everything that is due by now, in the order of its due times. */
  private void catchUp(Instant now) {
    Optional<Instant> next = due(now);
    while (next.isPresent()) {
      commit(flow.runDue(next.get(), OrgSeed.INTEGRATION_USER));
      scheduled.ifPresent(Scheduled::run);
      commit(List.of());
      next = due(now);
    }
    commit(flow.runDue(now, OrgSeed.INTEGRATION_USER));
  }

  private Optional<Instant> due(Instant now) {
    return scheduled.flatMap(Scheduled::due).filter(due -> !due.isAfter(now));
  }

  private void commit(List<JourneyFlow.Pending> done) {
    OrgRecords.Committed committed = database.commit();
    List<ObjectNode> lines = new ArrayList<>();
    committed.changed().forEach(row -> lines.add(rowLine(row.type().name(), row.toJson())));
    committed
        .removed()
        .forEach(row -> lines.add(JsonNodeFactory.instance.objectNode().put(ERASED, row.id())));
    done.forEach(pending -> lines.add(flowLine(CREATED, pending)));
    for (Row row : committed.inserted()) {
      if (row.type().name().equals(Schema.CONTACT)) {
        // The state may have changed within the commit; the flow checks it when it is due.
        flow.schedule(row).forEach(pending -> lines.add(flowLine(SCHEDULED, pending)));
      }
    }
    if (!lines.isEmpty()) {
      journal.ifPresent(file -> file.append(lines));
    }
  }

  /**
   * Changes what a picklist offers, as an administrator does.
   *
   * @throws SalesforceSimulatorException if there is no such picklist, or a removed value is none
   *     of it
   */
  public void changePicklist(
      String object, String field, List<String> added, List<String> removed) {
    call(
        () -> {
          schema.changePicklist(object, field, added, removed, clock.instant());
          return field;
        });
  }

  /**
   * Changes what the integration user may do with a field, and whether it must have a value.
   *
   * @throws SalesforceSimulatorException if there is no such field
   */
  public void changeAccess(
      String object, String field, FieldAccess.Permission permission, boolean required) {
    call(
        () -> {
          schema.changeAccess(object, field, permission, required, clock.instant());
          return field;
        });
  }

  private static Optional<StatePicklists> states(boolean on) {
    return on ? Optional.of(StatePicklists.load()) : Optional.empty();
  }

  /**
   * Replaces an earlier file's objects and fields by those of this file. Records stay, with the
   * values that the new fields can hold; picklists are those of the file again.
   *
   * @param check may refuse the new schema
   * @throws SalesforceSimulatorException if the check refuses it, or it lacks an object with
   *     records; then nothing has changed
   */
  public void changeSchema(OwnSchema file, Consumer<Schema> check) {
    reshape(Optional.of(file), statePicklists, check);
  }

  /** Turns state and country picklists on or off. */
  public void changeStatePicklists(boolean on) {
    reshape(own, on, made -> {});
  }

  private void reshape(Optional<OwnSchema> file, boolean states, Consumer<Schema> check) {
    call(
        () -> {
          Optional<StatePicklists> lists = states(states);
          Schema before = schema.copy();
          schema.become(
              Schema.load(settings.pmiKey(), settings.additions(), file, lists), clock.instant());
          try {
            check.accept(schema);
            database.retype();
          } catch (SalesforceSimulatorException e) {
            schema.become(before, before.changed());
            throw e;
          }
          rules.take(lists);
          own = file;
          statePicklists = states;
          journal.ifPresent(saved -> saved.rewrite(state()));
          return file;
        });
  }

  /** The org's own id, 18 characters. */
  public String organizationId() {
    return organizationId;
  }

  /** The time zone of the API user. */
  public ZoneId zone() {
    return timeZone;
  }

  public Instant now() {
    return clock.instant();
  }

  public Schema schema() {
    return schema;
  }

  public OrgRecords database() {
    return database;
  }

  public DuplicateCheck duplicates() {
    return duplicates;
  }

  public ParentLocks locks() {
    return locks;
  }

  public RecordWriter writer() {
    return writer;
  }

  public Setup setup() {
    return setup;
  }

  public AutomationRun automation() {
    return automation;
  }

  /**
   * The object of this name.
   *
   * @throws ApiException if there is none
   */
  public ObjectType type(String name) {
    return schema.type(name).orElseThrow(ApiException::notFound);
  }

  /** SHA-256 over all records in the order of their ids, fields and stamps included. */
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (ObjectType type : schema.types()) {
        database.table(type).rows().stream()
            .sorted(Comparator.comparing(Row::id))
            .forEach(row -> digest.update(line(row)));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static byte[] line(Row row) {
    return (row.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Releases the state folder. */
  @Override
  public void close() {
    lock.lock();
    try {
      journal.ifPresent(Journal::close);
    } finally {
      lock.unlock();
    }
  }
}
