package edu.cumc.aou.sync;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.mapping.FieldRule;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.InMemoryCrm;
import edu.cumc.aou.sync.port.InMemoryParticipantSource;
import edu.cumc.aou.sync.port.InMemorySyncStore;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import edu.cumc.aou.sync.testing.TestParticipants;
import edu.cumc.aou.sync.testing.VirtualClock;
import edu.cumc.aou.sync.testing.VirtualPause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A site in memory: its source, its org, its store and its clock. People are changed and the sync
 * is run.
 */
final class SyncWorld {

  final VirtualClock clock = new VirtualClock();
  final VirtualPause pause = new VirtualPause(clock);
  final InMemorySyncStore store = new InMemorySyncStore(clock);
  final InMemoryCrm crm;
  final InMemoryParticipantSource source;
  final List<String> notes = new ArrayList<>();

  private final SyncSettings settings;
  private final Map<Integer, Map<String, Object>> contacts = new TreeMap<>();
  private final Map<Integer, Map<String, Object>> journeys = new TreeMap<>();
  private final List<RawRow> extraContacts = new ArrayList<>();
  private final List<RawRow> extraJourneys = new ArrayList<>();
  private Random order = new Random(0);
  private boolean shuffled;
  private final boolean pmiFieldUnique;

  SyncWorld(boolean uniquePmiField) {
    this(uniquePmiField, "");
  }

  boolean isPmiFieldUnique() {
    return pmiFieldUnique;
  }

  SyncWorld(boolean uniquePmiField, String hocon) {
    pmiFieldUnique = uniquePmiField;
    crm = new InMemoryCrm(clock, uniquePmiField);
    ConfigProblems problems = new ConfigProblems();
    settings =
        SyncSettings.read(
            ConfigSection.root(
                ConfigFactory.parseString("contact.account-id = 001000000000001AAA\n" + hocon)
                    .withFallback(SyncSettings.defaults())
                    .resolve(),
                problems));
    problems.throwIfAny();
    source =
        new InMemoryParticipantSource(
            columns(
                settings.contact().pmiColumn(),
                settings.contact().mapping(),
                "Paired Organization_HP"),
            columns(
                settings.journey().pmiColumn(), settings.journey().mapping(), "Withdrawal Status"));
  }

  private static List<RawRow.Column> columns(String key, Mapping mapping, String... more) {
    List<String> columns = new ArrayList<>(List.of(key));
    mapping.rules().stream()
        .map(FieldRule::columns)
        .flatMap(c -> c.stream().limit(1))
        .forEach(columns::add);
    List.of(more).forEach(columns::add);
    return columns.stream()
        .distinct()
        .map(c -> new RawRow.Column(c, c.contains("Date") ? RawRow.Type.DATE : RawRow.Type.TEXT))
        .toList();
  }

  /** A person who has signed up and consented. */
  void person(int number) {
    contacts.put(
        number,
        new LinkedHashMap<>(
            Map.of(
                "Last Name_HP", "Muster" + number,
                "Email_HP", "p" + number + "@example.org",
                "Paired Organization_HP", "COLUMBIA_COLUMBIA")));
    journeys.put(
        number,
        new LinkedHashMap<>(
            Map.of(
                "Participant Status",
                "Participant",
                "Withdrawal Status",
                "0",
                "Primary Consent Status",
                "1")));
  }

  void people(int from, int to) {
    for (int n = from; n <= to; n++) {
      person(n);
    }
  }

  void contact(int number, String column, String value) {
    contacts.get(number).put(column, value);
  }

  void journey(int number, String column, String value) {
    journeys.get(number).put(column, value);
  }

  void removeContact(int number) {
    contacts.remove(number);
  }

  void removeJourney(int number) {
    journeys.remove(number);
  }

  void remove(int number) {
    contacts.remove(number);
    journeys.remove(number);
  }

  /** A row beside those of the people, e.g. one with a malformed key. */
  void extraContact(RawRow row) {
    extraContacts.add(row);
  }

  /** Likewise of the journeys. */
  void extraJourney(RawRow row) {
    extraJourneys.add(row);
  }

  /** From now on every load gives the rows in another order. */
  void shuffle(long seed) {
    order = new Random(seed);
    shuffled = true;
  }

  void load() {
    load(SourceRelation.CONTACTS, extraContacts, contacts);
    load(SourceRelation.JOURNEYS, extraJourneys, journeys);
  }

  private void load(
      SourceRelation relation, List<RawRow> extra, Map<Integer, Map<String, Object>> people) {
    List<RawRow> rows = new ArrayList<>(extra);
    people.forEach((n, v) -> rows.add(new RawRow(TestParticipants.pmiText(n), v)));
    if (shuffled) {
      Collections.shuffle(rows, order);
    }
    source.load(relation, rows);
  }

  SyncSettings settings() {
    return settings;
  }

  RunServices services() {
    return new RunServices(
        source,
        crm,
        store,
        clock,
        pause,
        new SyncListener() {
          @Override
          public void note(String text) {
            notes.add(text);
          }
        });
  }

  DailySync sync() {
    load();
    return new DailySync(services(), settings);
  }

  SyncReport firstSync() {
    return sync().run(new SyncRequest(RunMode.SYNC, "test", false, true, null, null));
  }

  SyncReport nextSync() {
    clock.advance(Duration.ofHours(1));
    return sync().run(SyncRequest.sync("test"));
  }
}
