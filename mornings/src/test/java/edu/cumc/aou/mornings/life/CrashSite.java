package edu.cumc.aou.mornings.life;

import edu.cumc.aou.mornings.judge.Facts.Causes;
import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rules;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.Judge;
import edu.cumc.aou.mornings.world.FullSite;
import edu.cumc.aou.mornings.world.SourceColumnsOf;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.Reports;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import edu.cumc.aou.sync.testing.Draw;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A site that syncs in the processes of {@link Crashes}. */
final class CrashSite implements AutoCloseable {

  /** A process that begins this much later finds the lease of the one that was killed run out. */
  private static final Duration APART = Duration.ofMinutes(10);

  private static final int FAULTS = 13;

  private final Draw draw;
  private final String database;
  private final FullSite site;
  private final Town town = new Town(RawRow.Type.DATE);
  private final SyncSettings settings;
  private final String hocon;
  private final List<Source> loads = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private @Nullable Org before;

  /**
   * A site with its first people.
   *
   * @param database the name of its database
   * @param unique whether the PMI field is a unique external id
   */
  CrashSite(Draw draw, String database, boolean unique) {
    this.draw = draw;
    this.database = database;
    this.hocon = "bulk { threshold = " + draw.one("2000", "3") + ", rows-per-job = 5 }\n";
    this.settings = Life.settings(hocon);
    this.site =
        FullSite.forOtherProcesses(
            database, unique, SourceColumnsOf.with(RawRow.Type.DATE), settings);
    town.settle(draw.between(3, 14));
  }

  List<String> violations() {
    return violations;
  }

  /** The source moves on, and is loaded. */
  void load(int day) {
    for (int i = draw.between(1, 5); i > 0; i--) {
      Kind kind =
          draw.one(Kind.SIGNS_UP, Kind.CONTACT_CHANGES, Kind.JOURNEY_CHANGES, Kind.JOURNEY_BLANKED);
      town.live(new Event(i, day, kind, draw.between(1, 5), draw.below(1_000), 0));
    }
    Source load = town.load(false, false);
    loads.add(load);
    site.load(load);
  }

  /** Something may go wrong on the wire of the next process. */
  void maybeFault() {
    if (draw.percent(30)) {
      site.wireFault(draw.below(FAULTS), draw.between(1, 2));
    }
  }

  /** Time passes until the next process; gives what that one is told of this site. */
  List<String> next(String server) {
    site.clock().advance(APART);
    before = site.org();
    List<String> login = site.login();
    return List.of(
        server + database,
        login.get(0),
        login.get(1),
        login.get(2),
        site.clock().instant().toString(),
        hocon);
  }

  /** Looks at what a process that was killed has left. */
  void killed(int day) {
    for (String contradiction : site.tables().contradictions()) {
      violations.add("day " + day + ", after a kill: " + contradiction);
    }
    if (draw.percent(50)) {
      // otherwise the last of so many would find nothing to do
      load(day);
    }
  }

  /** Nothing goes wrong on the wire any more. */
  void rest() {
    site.endRun();
  }

  /** Notes how a run ended that nobody has disturbed: with its exit code, and why. */
  void ended(int day, String how) {
    if (!how.equals("0") && !how.equals("5")) {
      violations.add("day " + day + ": a run that nobody disturbs ends with " + how);
    }
  }

  /** Judges the run that ended last, which nobody has disturbed, and ends the day. */
  void judge(int day, String how) {
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
            how.startsWith("0") ? 0 : 5,
            "sync",
            true,
            new Causes(Set.of(), Set.of(), Set.of(), Set.of(), false, Set.of()));
    Judge.of(morning).forEach(v -> violations.add("day " + day + ", " + v));
    Judge.converged(morning).forEach(v -> violations.add("day " + day + ", " + v));
    if (report.plannedTotal() > 0) {
      violations.add("day " + day + ": one more sync plans " + report.planned());
    }
    site.clock().advance(Duration.ofHours(24));
  }

  @Override
  public void close() {
    site.close();
  }
}
