package edu.cumc.aou.mornings;

import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.life.Kind;
import edu.cumc.aou.mornings.life.Life;
import edu.cumc.aou.mornings.life.Matrix;
import edu.cumc.aou.mornings.life.Schedule;
import edu.cumc.aou.mornings.life.Sweep;
import edu.cumc.aou.mornings.plant.Planted;
import edu.cumc.aou.mornings.world.FastSite;
import edu.cumc.aou.mornings.world.FullSite;
import edu.cumc.aou.mornings.world.Site;
import edu.cumc.aou.mornings.world.SourceColumnsOf;
import edu.cumc.aou.sync.testing.Reducer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Lives through many schedules, and cuts down those that fail. */
final class Lives {

  /** How a life is lived: with which ports. */
  enum World {
    FAST(s -> new FastSite(s.unique(), SourceColumnsOf.with(s.traits().dates()))),
    FULL(
        s ->
            s.traits().old().isEmpty()
                ? new FullSite(
                    s.unique(), SourceColumnsOf.with(s.traits().dates()), Life.settings(s.hocon()))
                : FullSite.upgraded(
                    s.traits().old(),
                    SourceColumnsOf.with(s.traits().dates()),
                    Life.settings(s.hocon())));

    private final Function<Schedule, Site> site;

    World(Function<Schedule, Site> site) {
      this.site = site;
    }

    Life.Outcome live(Schedule schedule, Matrix matrix) {
      try (Site place = site.apply(schedule)) {
        return Life.live(schedule, place, matrix);
      }
    }

    Life.Outcome live(Schedule schedule, Planted planted) {
      try (Site place = site.apply(schedule)) {
        return Life.live(schedule, place, new Matrix(), planted);
      }
    }

    Optional<Morning> lastMorning(Schedule schedule) {
      try (Site place = site.apply(schedule)) {
        return Life.lastMorning(schedule, place);
      }
    }

    /** What interrupts a run in a {@link Sweep}. */
    Set<Kind> swept() {
      return this == FAST ? Sweep.kinds() : Sweep.kindsOfAnOrg();
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static final int TRIES = 300;

  /** One life in so many is lived a second time, with a fault that the judge has to find. */
  private static final int CANARY_EVERY = 100;

  /** Faults that both worlds can have, and that show within a morning or two. */
  private static final List<Planted> CANARIES =
      List.of(Planted.TABLES_NOT_WRITTEN, Planted.OUTCOME_LOST, Planted.PMI_ID_IN_A_NOTE);

  private final World world;
  private Set<Kind> swept;
  private final Matrix matrix = new Matrix();
  private final Map<String, List<Long>> failures = new LinkedHashMap<>();
  private int mornings;
  private int lives;
  private int canaries;
  private int canariesFound;

  Lives(World world) {
    this.world = world;
    this.swept = world.swept();
  }

  /** Sweeps with these kinds only. */
  Lives with(Set<Kind> kinds) {
    swept = kinds;
    return this;
  }

  /** Lives seed after seed as long as it may. */
  Lives live(long from, Function<Long, Schedule> schedules, BooleanSupplier more) {
    for (long seed = from; more.getAsBoolean(); seed++) {
      Life.Outcome outcome = world.live(schedules.apply(seed), matrix);
      mornings += outcome.mornings();
      lives++;
      if (seed % CANARY_EVERY == 0) {
        canary(schedules.apply(seed), CANARIES.get((int) (seed / CANARY_EVERY % CANARIES.size())));
      }
      if (!outcome.isGood()) {
        failures.computeIfAbsent(signature(outcome), s -> new ArrayList<>()).add(seed);
      }
    }
    return this;
  }

  /** Lives through all of a sweep; a failure is known by its number. */
  Lives sweep() {
    List<Schedule> all = Sweep.of(swept);
    live(0, i -> all.get(i.intValue()), () -> lives < all.size());
    return this;
  }

  /** The failures of a sweep, each cut down to what matters, in words. */
  String report(int most) {
    List<Schedule> all = Sweep.of(swept);
    return report(i -> all.get(i.intValue()), most);
  }

  private void canary(Schedule schedule, Planted planted) {
    Planted.ran();
    Life.Outcome outcome = world.live(schedule, planted);
    if (Planted.ran() > 0) {
      canaries++;
      canariesFound += outcome.isGood() ? 0 : 1;
    }
  }

  /** How many lives had a fault planted that did something. */
  int canaries() {
    return canaries;
  }

  /** In how many of those the judge objected. */
  int canariesFound() {
    return canariesFound;
  }

  /** As a line of the file of counts, without its commit. */
  String counts(long from) {
    return String.join(
        ";",
        world.word(),
        String.valueOf(from),
        String.valueOf(from + lives - 1),
        String.valueOf(lives),
        String.valueOf(mornings),
        String.valueOf(canaries),
        String.valueOf(canariesFound),
        String.valueOf(failures.values().stream().mapToInt(List::size).sum()));
  }

  int mornings() {
    return mornings;
  }

  int lives() {
    return lives;
  }

  Matrix matrix() {
    return matrix;
  }

  Map<String, List<Long>> failures() {
    return failures;
  }

  /** The failures, each cut down to what matters, in words. */
  String report(Function<Long, Schedule> schedules, int most) {
    StringBuilder report = new StringBuilder();
    failures.forEach(
        (what, seeds) ->
            report
                .append(seeds.size())
                .append(" × ")
                .append(what)
                .append(", seed ")
                .append(seeds.get(0))
                .append('\n'));
    failures.entrySet().stream()
        .limit(most)
        .forEach(
            f ->
                report
                    .append('\n')
                    .append(cutDown(schedules.apply(f.getValue().get(0)), f.getKey())));
    return report.toString();
  }

  private String cutDown(Schedule schedule, String signature) {
    Schedule smallest =
        schedule.only(
            Reducer.reduce(
                schedule.events(),
                events ->
                    signature(world.live(schedule.only(events), new Matrix())).equals(signature),
                TRIES));
    return String.join("\n", world.live(smallest, new Matrix()).violations())
        + "\n"
        + smallest.words(world.word())
        + "\n";
  }

  /** What a failure is about, without the participant. */
  private static String signature(Life.Outcome outcome) {
    if (outcome.isGood()) {
      return "";
    }
    String first =
        outcome.violations().get(0).replaceAll("day \\d+, |P0\\d+|00[36][A-Za-z0-9]{15}", "");
    return first.substring(0, Math.min(160, first.length()));
  }
}
