package edu.cumc.aou.mornings.life;

import edu.cumc.aou.mornings.world.OtherProcess;
import edu.cumc.aou.mornings.world.QuickStart;
import edu.cumc.aou.sync.testing.Draw;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Days of sites that sync in processes of their own. The test kills each process at a random
 * instant; some also meet a fault on the wire. The last process ends by itself, and the judge looks
 * at what it leaves behind. Several sites share a process, because its start costs most of its
 * time. The kill meets each of them at another point.
 */
public final class Crashes implements AutoCloseable {

  private static final int SITES = 6;
  private static final int DAYS = 2;
  private static final int KILLS_A_DAY = 16;

  /** What a process says of a site that came to its end. */
  private static final String OVER = "over ";

  private final String server;
  private final QuickStart start;
  private final Draw draw;
  private final List<CrashSite> sites = new ArrayList<>();
  private int kills;
  private int cutOff;
  private long usual = 1_500;

  /**
   * What came of it.
   *
   * @param sites how many sites there were
   * @param kills how many processes were killed while a run was under way
   * @param cutOff how many runs these kills cut off
   */
  public record Outcome(List<String> violations, int sites, int kills, int cutOff) {}

  private Crashes(long seed, int sites, String server, QuickStart start) {
    this.server = server;
    this.start = start;
    this.draw = new Draw(seed);
    for (int i = 0; i < sites; i++) {
      // both kinds of org
      this.sites.add(
          new CrashSite(draw.of("site" + i), "mornings" + i, Math.floorMod(seed + i, 2) == 0));
    }
  }

  /**
   * Lets one process run that nobody kills, at a site of its own, so that those after it begin
   * quickly.
   */
  public static void warmUp(String server, QuickStart start)
      throws IOException, InterruptedException {
    try (Crashes crashes = new Crashes(0, 1, server, start)) {
      crashes.sites.forEach(s -> s.load(1));
      crashes.undisturbed(1);
    }
  }

  /**
   * Lives through the days of a seed.
   *
   * @param server how other processes reach the databases of this one, without their names
   * @param start how they begin
   */
  public static Outcome live(long seed, String server, QuickStart start)
      throws IOException, InterruptedException {
    try (Crashes crashes = new Crashes(seed, SITES, server, start)) {
      for (int day = 1; day <= DAYS && crashes.violations().isEmpty(); day++) {
        crashes.live(day);
      }
      return new Outcome(crashes.violations(), SITES, crashes.kills, crashes.cutOff);
    }
  }

  private void live(int day) throws IOException, InterruptedException {
    sites.forEach(s -> s.load(day));
    for (int kill = draw.between(4, KILLS_A_DAY); kill > 0; kill--) {
      sites.forEach(CrashSite::maybeFault);
      int over = run(true).size();
      kills += over < sites.size() ? 1 : 0;
      cutOff += sites.size() - over;
      sites.forEach(s -> s.killed(day));
    }
    sites.forEach(CrashSite::rest);
    // the first finishes what was cut off, the second plans afresh, of the third nothing is left
    undisturbed(day);
    undisturbed(day);
    Map<Integer, String> ends = undisturbed(day);
    for (int i = 0; i < sites.size(); i++) {
      sites.get(i).judge(day, ends.getOrDefault(i, ""));
    }
  }

  private Map<Integer, String> undisturbed(int day) throws IOException, InterruptedException {
    Map<Integer, String> ends = run(false);
    for (int i = 0; i < sites.size(); i++) {
      sites.get(i).ended(day, ends.getOrDefault(i, "nothing"));
    }
    return ends;
  }

  private List<String> violations() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      for (String violation : sites.get(i).violations()) {
        all.add("site " + i + ", " + violation);
      }
    }
    return all;
  }

  /** One process; kills it at a random instant after its beginning, if it lives so long. */
  private Map<Integer, String> run(boolean kill) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(start.options(!kill));
    command.add(OtherProcess.class.getName());
    sites.forEach(s -> command.addAll(s.next(server)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Map<Integer, String> ends = new TreeMap<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String first = out.readLine();
      while (first != null && first.startsWith(OVER)) {
        end(first, ends);
        first = out.readLine();
      }
      long began = System.nanoTime();
      if (kill) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(draw.below((int) usual + 1)));
        // what it has said until then can still be read
        process.toHandle().destroyForcibly();
      }
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        end(line, ends);
      }
      if (!kill) {
        usual =
            Math.max(50, (usual + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)) / 2);
      }
      return ends;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Reads what is said of a site; other lines are parts of what went before. */
  private static void end(String line, Map<Integer, String> ends) {
    String[] parts = line.split(" ", 3);
    if (line.startsWith(OVER) && parts.length == 3) {
      ends.put(Integer.valueOf(parts[1]), parts[2]);
    }
  }

  @Override
  public void close() {
    sites.forEach(CrashSite::close);
  }
}
