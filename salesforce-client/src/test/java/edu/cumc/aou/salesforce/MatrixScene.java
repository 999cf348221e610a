package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An org with ten Contacts that are there, a client, and ten that are to be made. */
final class MatrixScene implements AutoCloseable {

  static final String KEY = "HP_PMI_ID__c";
  static final int COUNT = 10;
  static final String KEYS = "SELECT " + KEY + " FROM Contact WHERE LastName = 'New'";
  static final BulkIngest INSERT =
      new BulkIngest("Contact", BulkOperation.INSERT, null, List.of(KEY, "LastName"));

  final VirtualTime time = new VirtualTime();
  final SalesforceSimulator org;
  final Salesforce salesforce;

  /** The ids of the Contacts that are there. */
  final List<String> ids = new ArrayList<>();

  /** A job that stands where the operation begins. */
  String job = "";

  /**
   * Starts an org.
   *
   * @param unique whether the org keeps records with the same key apart by itself; else a create
   *     that is sent twice makes two records
   * @param answerTimeout when the client gives up on an answer
   */
  MatrixScene(boolean unique, Duration answerTimeout) {
    org =
        SalesforceSimulator.builder()
            .clock(time)
            .pageSize(4)
            .pmiFieldUnique(unique)
            .bulk(
                BulkSettings.DEFAULT
                    .withTimes(Duration.ofSeconds(1), Duration.ofSeconds(1))
                    .withPageSize(4))
            .start();
    for (int i = 0; i < COUNT; i++) {
      ids.add(org.create("Contact", Map.of(KEY, oldKey(i), "LastName", "Old")));
    }
    salesforce =
        Salesforce.connect(
            Clients.settings(org).answerTimeout(answerTimeout).build(), time.surroundings());
  }

  static String oldKey(int number) {
    return String.format("P%09d", number);
  }

  static String newKey(int number) {
    return String.format("P01%07d", number);
  }

  Bulk bulk() {
    return salesforce.bulk();
  }

  /** The records that are not there yet, as a caller finds them out after a lost answer. */
  List<Map<String, Object>> missing() {
    List<String> there = new ArrayList<>();
    try (RecordCursor cursor = salesforce.query(KEYS)) {
      cursor.forEachRemaining(r -> there.add(r.text(KEY).orElseThrow()));
    }
    return IntStream.range(0, COUNT)
        .filter(i -> !there.contains(newKey(i)))
        .mapToObj(i -> Map.<String, Object>of(KEY, newKey(i), "LastName", "New"))
        .toList();
  }

  /** The keys of those records, as a caller sends them who has not asked. */
  static List<Map<String, Object>> fresh() {
    return IntStream.range(0, COUNT)
        .mapToObj(i -> Map.<String, Object>of(KEY, newKey(i), "LastName", "New"))
        .toList();
  }

  /** The same and one that is refused. */
  static List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>(fresh());
    rows.add(Map.of(KEY, "P020000000", "LastName", ""));
    return rows;
  }

  List<RecordUpdate> updates() {
    return ids.stream().map(id -> new RecordUpdate(id, Map.of("Title", "Dr"))).toList();
  }

  static List<Map<String, Object>> upserts() {
    return IntStream.range(0, COUNT)
        .mapToObj(i -> Map.<String, Object>of(KEY, oldKey(i), "Title", "Dr", "LastName", "Old"))
        .toList();
  }

  static void read(RecordCursor cursor, int expected) {
    int read = 0;
    try (cursor) {
      while (cursor.hasNext()) {
        cursor.next();
        read++;
      }
    }
    assertThat(read).isEqualTo(expected);
  }

  static void saved(List<SaveResult> results, int expected) {
    assertThat(results).hasSize(expected).allMatch(SaveResult.Saved.class::isInstance);
  }

  /** A job with its rows, not begun. */
  String uploaded() {
    String id = bulk().create(INSERT).id();
    bulk().upload(id, INSERT, rows().iterator());
    return id;
  }

  /** A job that is over. */
  String finished() {
    String id = uploaded();
    bulk().complete(id);
    assertThat(bulk().await(id, Duration.ofHours(1)).state().isFinal()).isTrue();
    return id;
  }

  /** The new records are there, once each. */
  void newOnesAreThere(int count) {
    Map<Object, Integer> times = new HashMap<>();
    org.records("Contact")
        .filter(c -> "New".equals(c.get("LastName")))
        .forEach(c -> times.merge(c.get(KEY), 1, Integer::sum));
    assertThat(times).hasSize(count);
    assertThat(times.values()).allMatch(n -> n == 1);
  }

  void oldOnesHaveATitle(int count) {
    assertThat(org.records("Contact").filter(c -> "Dr".equals(c.get("Title")))).hasSize(count);
    assertThat(org.records("Contact").filter(c -> "Old".equals(c.get("LastName")))).hasSize(COUNT);
  }

  void oldOnesLeft(int count) {
    assertThat(org.records("Contact").filter(c -> "Old".equals(c.get("LastName")))).hasSize(count);
  }

  @Override
  public void close() {
    salesforce.close();
    org.close();
  }
}
