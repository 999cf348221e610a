package edu.cumc.aou.mornings.life;

import edu.cumc.aou.mornings.judge.Facts.Causes;
import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rules;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.Judge;
import edu.cumc.aou.mornings.world.FullSite;
import edu.cumc.aou.mornings.world.OtherProcess;
import edu.cumc.aou.mornings.world.QuickStart;
import edu.cumc.aou.mornings.world.SourceColumnsOf;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.Reports;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import edu.cumc.aou.sync.testing.Draw;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Days of a site whose syncs run in processes of their own. Each day's process is killed at a
 * random instant, some also meet a fault on the wire, and the judge looks at what the last one,
 * which nobody kills, leaves behind.
 */
public final class Crashes {

  private static final int DAYS = 2;

  /** Many for each judgement: what nobody kills costs as much and counts for nothing. */
  private static final int KILLS_A_DAY = 30;

  /** A process that begins this much later finds the lease of the one that was killed run out. */
  private static final Duration APART = Duration.ofMinutes(10);

  private final QuickStart start;
  private final Draw draw;
  private final FullSite site;
  private final Town town = new Town(RawRow.Type.DATE);
  private final SyncSettings settings;
  private final String hocon;
  private final String database;
  private final List<Source> loads = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private int kills;
  private long usual = 600;

  /**
   * What came of it.
   *
   * @param kills how many processes were killed while their run was under way
   */
  public record Outcome(List<String> violations, int kills) {}

  private Crashes(long seed, String database, QuickStart start) {
    this.start = start;
    this.draw = new Draw(seed);
    this.database = database;
    this.hocon = "bulk { threshold = " + draw.one("2000", "3") + ", rows-per-job = 5 }\n";
    this.settings = Life.settings(hocon);
    this.site =
        FullSite.forOtherProcesses(seed % 2 == 0, SourceColumnsOf.with(RawRow.Type.DATE), settings);
  }

  /**
   * Lives through the days of a seed.
   *
   * @param database how other processes reach the databases of this one
   * @param start how they begin
   */
  public static Outcome live(long seed, String database, QuickStart start)
      throws IOException, InterruptedException {
    Crashes crashes = new Crashes(seed, database, start);
    try (FullSite unused = crashes.site) {
      crashes.live();
    }
    return new Outcome(crashes.violations, crashes.kills);
  }

  /**
   * Lets one process run that nobody kills, at a site of its own, so that those after it begin
   * quickly.
   */
  public static void warmUp(String database, QuickStart start)
      throws IOException, InterruptedException {
    Crashes crashes = new Crashes(0, database, start);
    try (FullSite unused = crashes.site) {
      crashes.town.settle(3);
      crashes.load(1);
      crashes.run(false);
    }
  }

  private void live() throws IOException, InterruptedException {
    town.settle(draw.between(3, 14));
    for (int day = 1; day <= DAYS && violations.isEmpty(); day++) {
      load(day);
      for (int kill = draw.between(5, KILLS_A_DAY); kill > 0; kill--) {
        if (draw.percent(30)) {
          site.wireFault(draw.below(13), draw.between(1, 2));
        }
        run(true);
        if (draw.percent(50)) {
          // otherwise the last of so many would find nothing to do
          load(day);
        }
        for (String contradiction : site.tables().contradictions()) {
          violations.add("day " + day + ", after a kill: " + contradiction);
        }
      }
      site.endRun();
      // the first finishes what was cut off, the second plans afresh
      run(false);
      judge(day);
      site.clock().advance(Duration.ofHours(24));
    }
  }

  /** The source moves on, and is loaded. */
  private void load(int day) {
    for (int i = draw.between(1, 5); i > 0; i--) {
      Kind kind =
          draw.one(Kind.SIGNS_UP, Kind.CONTACT_CHANGES, Kind.JOURNEY_CHANGES, Kind.JOURNEY_BLANKED);
      town.live(new Event(i, day, kind, draw.between(1, 5), draw.below(1_000), 0));
    }
    Source load = town.load(false, false);
    loads.add(load);
    site.load(load);
  }

  private void judge(int day) throws IOException, InterruptedException {
    Org before = site.org();
    int exit = run(false);
    RunServices services = site.open(settings, SyncListener.NONE);
    SyncReport report = Reports.of(services.store(), services.store().runs().latest(1).get(0));
    boolean unfinished = services.store().runs().unfinished().isPresent();
    site.leave(services);
    if (unfinished || report.state() != RunState.DONE) {
      violations.add("day " + day + ": a run stays unfinished");
    }
    Morning morning =
        new Morning(
            new Rules(Map.of(), Set.of(), false, ""),
            LocalDate.ofInstant(site.clock().instant(), ZoneId.of("America/New_York")),
            List.copyOf(loads),
            before,
            site.org(),
            site.tables(),
            site.names(),
            site.sent(report.run()),
            report,
            exit,
            "sync",
            true,
            new Causes(Set.of(), Set.of(), Set.of(), Set.of(), false, Set.of()));
    Judge.of(morning).forEach(v -> violations.add("day " + day + ", " + v));
    Judge.converged(morning).forEach(v -> violations.add("day " + day + ", " + v));
    if (report.plannedTotal() > 0) {
      violations.add("day " + day + ": one more sync plans " + report.planned());
    }
  }

  /** One process; kills it at a random instant after its beginning, if it lives so long. */
  private int run(boolean kill) throws IOException, InterruptedException {
    site.clock().advance(APART);
    List<String> login = site.login();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(start.options(!kill));
    command.addAll(
        List.of(
            OtherProcess.class.getName(),
            database,
            login.get(0),
            login.get(1),
            login.get(2),
            site.clock().instant().toString(),
            hocon));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      out.readLine();
      long began = System.nanoTime();
      if (kill) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(draw.below((int) usual + 1)));
        if (process.isAlive()) {
          kills++;
        }
        process.destroyForcibly().waitFor();
        return -1;
      }
      String said = out.readLine();
      usual = Math.max(50, (usual + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)) / 2);
      int exit = process.waitFor();
      if (exit != 0 && exit != 5) {
        violations.add("a run that nobody disturbs ends with " + exit + ": " + said);
      }
      return exit;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
