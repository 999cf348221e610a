package edu.cumc.aou.cli.demo;

import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.cli.runtime.Stopwatch;
import edu.cumc.aou.cli.runtime.StoreInstaller;
import edu.cumc.aou.cli.runtime.World;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.simulator.source.SourceSummary;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.report.SyncReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A simulated org, a source of invented people, and the daily sync between them, for some days in
 * virtual time. The same options give the same people, the same counts and the same databases.
 */
public final class Demo {

  /** The simulated org makes a journey this long after its Contact. */
  public static final Duration JOURNEY_DELAY = Duration.ofSeconds(20);

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalTime MORNING = LocalTime.of(6, 0);
  private static final String HOLDER = "aou-sync demo";

  private final SourceOptions people;
  private final int days;
  private final Path path;
  private final World world;
  private final int port;

  /**
   * Prepares a demo.
   *
   * @param people the invented people; their present day is day 1
   * @param path where it keeps its files
   * @param port where the configuration that it leaves expects the simulator
   */
  public Demo(SourceOptions people, int days, Path path, World world, int port) {
    this.people = people;
    this.days = days;
    this.path = path;
    this.world = world;
    this.port = port;
  }

  /** Learns of each day when it is over. */
  @FunctionalInterface
  public interface Witness {
    void dayIsOver(DemoDay day);
  }

  /**
   * Runs all days.
   *
   * @return the result; empty if a guard stopped a day, which the witness has learnt
   * @throws edu.cumc.aou.sync.model.SyncException if the directory holds something else, or a sync
   *     fails
   */
  public Optional<DemoOutcome> run(Witness witness) {
    DemoDirectory directory = DemoDirectory.prepare(path);
    VirtualTime time = new VirtualTime(morningOf(1));
    try (SalesforceSimulator org =
            SalesforceSimulator.builder()
                .clock(time)
                .journeyDelay(JOURNEY_DELAY)
                .stateDirectory(directory.org())
                .start();
        SourceSimulator source = SourceSimulator.open(directory.sourceUrl(), "sa", "")) {
      directory.writeConfiguration(org.credentials(), org.accountId(), port);
      Configuration configuration = configuration(directory, org, time);
      try (StoreInstaller installer = configuration.installer()) {
        installer.install(false, false);
      }
      List<DemoDay> lived = new ArrayList<>();
      for (int day = 1; day <= days; day++) {
        time.advanceTo(morningOf(day));
        DemoDay over = live(day, source, org, configuration, time);
        lived.add(over);
        witness.dayIsOver(over);
        if (over.report().state() == RunState.GUARDED) {
          return Optional.empty();
        }
      }
      return Optional.of(finish(lived, source, org, configuration, time));
    }
  }

  private Configuration configuration(
      DemoDirectory directory, SalesforceSimulator org, VirtualTime time) {
    World inside =
        new World(
            Map.of("AOU_SALESFORCE_LOGIN_URL", org.url()),
            world.directory(),
            world.input(),
            time,
            time,
            false,
            world.untilStopped(),
            world.edges(),
            world.person());
    return Configuration.load(directory.configuration().toString(), inside);
  }

  private DemoDay live(
      int day,
      SourceSimulator source,
      SalesforceSimulator org,
      Configuration configuration,
      VirtualTime time) {
    SourceSummary summary = source.load(people.onDay(day));
    org.resetCounters();
    Stopwatch watch = Stopwatch.start();
    try (SyncRuntime runtime = open(configuration, time)) {
      SyncReport report = sync(runtime, day == 1);
      return new DemoDay(day, summary, report, org.apiCalls(), watch.elapsed());
    }
  }

  private DemoOutcome finish(
      List<DemoDay> lived,
      SourceSimulator source,
      SalesforceSimulator org,
      Configuration configuration,
      VirtualTime time) {
    try (SyncRuntime runtime = open(configuration, time)) {
      SyncReport again = sync(runtime, false);
      SyncStore store = runtime.services().store();
      return new DemoOutcome(
          lived,
          again,
          DemoChecks.of(org, store.ids().counts(), lived, again),
          source.fingerprint(),
          org.fingerprint(),
          StoreFingerprint.of(store),
          DemoDirectory.at(path).configuration());
    }
  }

  private SyncRuntime open(Configuration configuration, VirtualTime time) {
    RunSettings settings = configuration.forRun();
    return SyncRuntime.open(settings, world.withTime(time, time).outside(), SyncListener.NONE);
  }

  private static SyncReport sync(SyncRuntime runtime, boolean initialLoad) {
    return runtime
        .sync()
        .run(new SyncRequest(RunMode.SYNC, HOLDER, false, initialLoad, null, null));
  }

  private Instant morningOf(int day) {
    return people.onDay(day).date().atTime(MORNING).atZone(NEW_YORK).toInstant();
  }
}
