package edu.cumc.aou.salesforce.load;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.Clients;
import edu.cumc.aou.salesforce.ProxySettings;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.LoadOutcome.Refused;
import edu.cumc.aou.salesforce.load.LoadOutcome.Saved;
import edu.cumc.aou.salesforce.load.LoadOutcome.Unknown;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import edu.cumc.aou.simulator.salesforce.org.DuplicateRule;
import edu.cumc.aou.sync.testing.FaultyProxy;
import edu.cumc.aou.sync.testing.FaultyProxy.How;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys that a job or a query shows otherwise than they were sent, and many rows that no job takes.
 */
class OddKeysTest {

  private static final String KEY = "HP_PMI_ID__c";

  private final VirtualTime time = new VirtualTime();
  private final FaultyProxy proxy = new FaultyProxy();
  private SalesforceSimulator org;
  private Salesforce salesforce;

  @BeforeEach
  void start() {
    start(builder -> builder.pmiFieldUnique(false));
  }

  private void start(UnaryOperator<SalesforceSimulatorBuilder> more) {
    org =
        more.apply(
                SalesforceSimulator.builder()
                    .bulk(BulkSettings.DEFAULT.withTimes(Duration.ZERO, Duration.ZERO)))
            .start();
    salesforce =
        Salesforce.connect(
            Clients.settings(org).proxy(new ProxySettings("localhost", proxy.port())).build(),
            time.surroundings());
  }

  @AfterEach
  void close() {
    stop();
    proxy.close();
  }

  private void stop() {
    salesforce.close();
    org.close();
  }

  private static LoadOrder order(LoadSettings settings) {
    return new LoadOrder(
        new BulkIngest(
            "Contact", BulkOperation.INSERT, null, List.of(KEY, "LastName", "FirstName")),
        KEY,
        settings);
  }

  private static List<LoadRow> rows(String... keys) {
    return IntStream.range(0, keys.length)
        .mapToObj(i -> new LoadRow(keys[i], Map.of("LastName", "Invented" + i)))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = How.class,
      names = {"FAILED_INSIDE", "WRITTEN_BUT_BAD_GATEWAY"})
  void keysThatDifferByCaseAlone_areWrittenOnceEach_thoughTheAnswerIsLost(How how) {
    proxy.fail(how, r -> FaultyProxy.isWrite(r) && proxy.failed() < 1);

    LoadReport report =
        salesforce
            .loader()
            .load(order(LoadSettings.DEFAULT), rows("P000000001", "p000000001", "P000000002"));

    assertThat(report.failure()).isEmpty();
    assertThat(report.results()).hasOnlyElementsOfType(Saved.class);
    assertThat(report.results().stream().map(r -> ((Saved) r).id()))
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(org.records("Contact").map(c -> c.get("Id"))).contains(id));
    assertThat(org.records("Contact").map(c -> c.get(KEY)))
        .containsExactlyInAnyOrder("P000000001", "p000000001", "P000000002");
  }

  /** A job writes line ends in its own way, and its results repeat them so. */
  @ParameterizedTest
  @ValueSource(strings = {"P0\r1", "P0\r\n1", " P01", "P01\t"})
  void keyThatAJobMayChange_isWrittenOnce(String key) {
    LoadReport report =
        salesforce
            .loader()
            .load(
                order(LoadSettings.DEFAULT.withBulkFrom(0)), rows(key, "P000000002", "P000000003"));

    assertThat(report.failure()).isEmpty();
    assertThat(report.saved()).isEqualTo(3);
    assertThat(org.records("Contact")).hasSize(3);
    assertThat(org.requestCounts().keySet()).anyMatch(r -> r.contains("composite/sobjects"));
  }

  /** No query can hold it, so nobody can ask for it. */
  @Test
  void keyThatIsTooLongForAQuery_isUnknownAfterALostAnswer_andTheOthersArrive() {
    proxy.fail(How.BAD_GATEWAY, r -> FaultyProxy.isWrite(r) && proxy.failed() < 1);

    LoadReport report =
        salesforce
            .loader()
            .load(
                order(LoadSettings.DEFAULT), rows("P000000001", "x".repeat(30_000), "P000000003"));

    assertThat(report.failure()).isEmpty();
    assertThat(report.results().get(0)).isInstanceOf(Saved.class);
    assertThat(report.results().get(1)).isEqualTo(new Unknown(LoadOutcome.ANSWER_LOST));
    assertThat(report.results().get(2)).isInstanceOf(Saved.class);
  }

  @Test
  void manyRowsThatNoJobCarries_areNotAllHeld() {
    int count = 4_000;
    AtomicInteger pulled = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Iterator<LoadRow> rows =
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  most.accumulateAndGet(pulled.incrementAndGet() - told.get(), Math::max);
                  return new LoadRow(
                      "P%09d".formatted(i),
                      Map.of("LastName", "#N/A", "FirstName", "Invented" + i));
                })
            .iterator();
    List<LoadOutcome> strange = new ArrayList<>();

    LoadTally tally =
        salesforce
            .loader()
            .load(
                order(LoadSettings.DEFAULT.withBulkFrom(100).withRowsPerJob(1_000)),
                rows,
                LoadJournal.of(
                    outcome -> {
                      told.incrementAndGet();
                      if (!(outcome.outcome() instanceof Saved)) {
                        strange.add(outcome.outcome());
                      }
                    }),
                Permit.ALWAYS);

    assertThat(tally.failure()).isEmpty();
    assertThat(strange).isEmpty();
    assertThat(tally.saved()).isEqualTo(count);
    assertThat(most.get()).as("rows held at a time").isLessThan(3_000);
  }

  @Test
  void externalIdSpelledInOtherCase_keepsItsValue_whenADuplicateRuleRefusesTheRow() {
    stop();
    start(
        builder ->
            builder.duplicateRule(
                new DuplicateRule("Contacts_DR", List.of("LastName", "FirstName"), true)));
    List<String> bodies = new CopyOnWriteArrayList<>();
    proxy.fail(How.FAILED_INSIDE, r -> !bodies.add(r.body()));
    BulkIngest ingest =
        new BulkIngest(
            "Contact",
            BulkOperation.UPSERT,
            KEY.toLowerCase(Locale.ROOT),
            List.of(KEY, "LastName", "FirstName"));

    LoadReport report =
        salesforce
            .loader()
            .load(
                new LoadOrder(ingest, KEY),
                Stream.of("P000000001", "P000000002")
                    .map(
                        key ->
                            new LoadRow(key, Map.of("LastName", "Twin", "FirstName", "Invented")))
                    .toList());

    assertThat(report.failure()).isEmpty();
    assertThat(report.results().get(0)).isInstanceOf(Saved.class);
    assertThat(report.results().get(1))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.matches()).hasSize(1));
    assertThat(bodies).anyMatch(b -> b.contains("/P000000002")).noneMatch(b -> b.contains("/null"));
  }
}
